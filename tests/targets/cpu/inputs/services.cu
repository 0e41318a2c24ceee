#include "device.h"

KERNEL prints(int n) {
  struct {
    int thread;
    double half;
    const char* text;
  } arguments = {static_cast<int>(threadIdx.x), threadIdx.x * 0.5, "text"};
  if (static_cast<int>(threadIdx.x) < n) print("%d %f %s\n", &arguments);
}

KERNEL prints_behind_barrier() {
  __syncthreads();
  print("behind\n", nullptr);
}

KERNEL heap(int* out) {
  int* memory = static_cast<int*>(device_malloc(64));
  for (int i = 0; i < 16; ++i) memory[i] = i * threadIdx.x;
  out[threadIdx.x] = memory[15];
  device_free(memory);
}

KERNEL traps(int* out) {
  if (threadIdx.x == 3) __builtin_trap();
  out[threadIdx.x] = 1;
}

extern "C" __device__ void assert_failed(const char*, const char*, unsigned, const char*) __asm__("__cw.assert")
    __attribute__((noreturn));
KERNEL asserts(int* out) {
  if (threadIdx.x == 5) assert_failed("x > 0", "file.cu", 42, "asserts");
  out[threadIdx.x] = 1;
}

KERNEL timer(unsigned long long* out) {
  out[0] = __nvvm_read_ptx_sreg_globaltimer();
  long long before = __nvvm_read_ptx_sreg_clock64();
  out[1] = __nvvm_read_ptx_sreg_clock64() - before < 1000000000;
}

// ---- Waiting for other threads through memory ----

KERNEL spin_lock(int* lock, int* total) {
  while (atomic_cas(lock, 0, 1) != 0) {
  }
  *total = *total + 1;
  thread_fence();
  atomic_exch(lock, 0);
}

// The lane that holds the lock is in the same warp as those that wait: CUDA's threads all make progress.
KERNEL spin_lock_shared(int* out) {
  __shared__ int lock, total;
  if (threadIdx.x == 0) lock = total = 0;
  __syncthreads();
  bool done = false;
  while (!done) {
    if (atomic_exch(&lock, 1) == 0) {
      total += threadIdx.x;
      atomic_exch(&lock, 0);
      done = true;
    }
  }
  __syncthreads();
  out[threadIdx.x] = total;
}

// Each thread waits for its right neighbour, which runs later.
KERNEL relay(volatile int* flags, int* out) {
  int t = threadIdx.x, n = blockDim.x;
  if (t < n - 1) {
    while (flags[t + 1] == 0) {
    }
  }
  out[t] = t < n - 1 ? out[t + 1] + 1 : 0;
  flags[t] = 1;
}

// A warp votes while it waits for another warp.
KERNEL vote_while_waiting(volatile int* flag, int* out) {
  int t = threadIdx.x;
  if (t < 32) {
    while (!__nvvm_vote_all_sync(FULL, *flag == 32)) {
    }
    out[t] = *flag;
  } else {
    atomic_add(const_cast<int*>(flag), 1);
  }
}

KERNEL work_queue(int* next, int* out, int n) {
  for (int i = atomic_add(next, 1); i < n; i = atomic_add(next, 1)) out[i] = i * i;
}
