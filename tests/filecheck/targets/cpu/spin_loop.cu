// emit: x86-64-v3.ll CPU
// A thread that spins on a lock gives way before each attempt, in whatever function; a loop that retries with what it saw does not.

extern "C" __global__ void lock(int* mutex) {
  while (atomicCAS(mutex, 0, 1) != 0) {
  }
}

__device__ __noinline__ int attempt(int* mutex) { return atomicCAS(mutex, 0, 1); }
__device__ __noinline__ bool is_taken(int* mutex) { return attempt(mutex) != 0; }

extern "C" __global__ void lock_in_functions(int* mutex) {
  while (is_taken(mutex)) {
  }
}

extern "C" __global__ void retry(int* value) {
  int old = *value, assumed;
  do {
    assumed = old;
    old = atomicCAS(value, assumed, assumed * 3);
  } while (old != assumed);
}

// CPU-LABEL: define internal ptr @lock.thread(
// CPU: call void @__cwcpu.set_event(ptr %cw.thread, i32 4)
// CPU: call i8 @llvm.coro.suspend(
// CPU: cmpxchg ptr
// CPU-LABEL: define internal ptr @lock_in_functions.thread(
// CPU: call void @__cwcpu.set_event(ptr %cw.thread, i32 4)
// CPU: call i8 @llvm.coro.suspend(
// CPU: cmpxchg ptr
// CPU-LABEL: define internal void @retry.thread(
// CPU-NOT: llvm.coro.suspend
// CPU: cmpxchg ptr
