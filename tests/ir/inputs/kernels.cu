// Kernels the interpreter runs; test_interpreter.py says what each must compute.
#include "device.h"

struct Pair {
  int a;
  double b;
};
__device__ int counter;
__constant__ int table[4] = {10, 20, 30, 40};
extern __shared__ int dynamic[];

KERNEL saxpy(float a, const float* x, float* y, int n) {
  int i = bid() * bdim() + tid();
  if (i < n) y[i] = a * x[i] + y[i];
}

// Threads past the end return before the barriers: a barrier counts the threads that are left.
KERNEL block_sum(const int* in, int* out, int n, Pair extra) {
  __shared__ int buffer[64];
  int t = tid(), i = bid() * bdim() + t;
  if (i >= n) return;
  buffer[t] = in[i];
  dynamic[t] = 1;
  sync();
  if (t == 0) {
    int sum = extra.a + (int)extra.b, end = n - bid() * bdim() < bdim() ? n - bid() * bdim() : bdim();
    for (int j = 0; j < end; ++j) sum += buffer[j] * dynamic[j];
    out[bid()] = sum;
    __nvvm_atom_add_gen_i(&counter, 1);
  }
}

KERNEL warp_sum(const float* in, float* out) {
  float v = in[tid()];
  for (int o = 16; o; o >>= 1) v += __nvvm_shfl_sync_down_f32(0xffffffff, v, o, 31);
  if ((tid() & 31) == 0) out[tid() / 32] = v;
}

KERNEL shuffles(int* out) {
  int t = tid(), mask = 0xffffffff;
  out[t] = __nvvm_shfl_sync_up_i32(mask, t, 1, 0);
  out[32 + t] = __nvvm_shfl_sync_bfly_i32(mask, t, 1, 31);
  out[64 + t] = __nvvm_shfl_sync_idx_i32(mask, t, t + 5, (32 - 8) << 8 | 31);  // width 8
  out[96 + t] = __nvvm_shfl_sync_down_i32(mask, t, 3, (32 - 16) << 8 | 31);    // width 16
}

KERNEL votes(u32* out) {
  int t = tid();
  if (t & 1) {
    out[t] = __nvvm_vote_ballot_sync(0xaaaaaaaa, t > 20);
  } else {
    out[t] = __nvvm_vote_any_sync(0x55555555, t == 4) + 2 * __nvvm_vote_all_sync(0x55555555, t == 4);
  }
  out[32 + t] = __nvvm_match_any_sync_i32(0xffffffff, t % 3);
  out[64 + t] = __nvvm_activemask();
}

__device__ int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
__device__ int square(int n) { return n * n; }

KERNEL calls(int* out, int which) {
  int (*f)(int) = which ? fibonacci : square;
  out[0] = f(10);
}

KERNEL switches(int* out) {
  int t = tid(), r;
  switch (t) {
    case 0:
      r = 5;
      break;
    case 3:
      r = table[2];
      break;
    case 7:
      r = -1;
      [[fallthrough]];
    case 8:
      r = 8;
      break;
    default:
      r = t;
  }
  out[t] = r;
}

KERNEL prints(const char* unused) {
  printf("%d|%5u|%-4d|%04x|%lld|%c|%s|%.3f|%g|%%\n", -5, 7u, 3, 255, 1LL << 40, 'x', "text", 2.5f, 1e10);
}

KERNEL asserts(int x) {
  if (x != 3) __assertfail("x == 3", "kernels.cu", 42, "asserts", 1);
}

KERNEL traps() { __builtin_trap(); }

KERNEL out_of_bounds(int* p, int i) { p[i] = 1; }

KERNEL shared_out_of_bounds(int* p) {
  __shared__ int small[4];
  small[tid()] = 1;
  p[0] = small[0];
}

KERNEL uninitialised(int* p) {
  __shared__ int values[32];
  p[tid()] = values[tid()];
}

KERNEL branch_on_uninitialised(int* p) {
  int local[4];
  if (local[p[0]] > 3) p[1] = 1;
}

KERNEL divides(int* p) { p[0] = p[1] / p[2]; }

KERNEL shifts(int* p) { p[0] = p[1] << p[2]; }

KERNEL overflows(int* p) { p[0] = p[1] + p[2]; }

KERNEL deadlock() {
  if (tid() < 3)
    __nvvm_bar_warp_sync(0xf);
  else
    sync();
}

// Block 0 waits for block 1: blocks take turns.
KERNEL waits_for_other_block(volatile int* flag, int* out) {
  if (bid() == 0) {
    while (*flag == 0) {
    }
    out[0] = 7;
  } else {
    *flag = 1;
  }
}

KERNEL lock(int* mutex, int* total) {
  while (__nvvm_atom_cas_gen_i(mutex, 0, 1) != 0) {
  }
  *total += 1;
  __nvvm_atom_xchg_gen_i(mutex, 0);
}

KERNEL forever(volatile int* p) {
  while (*p == 0) {
  }
}

KERNEL barrier_votes(int* out) {
  int t = tid();
  out[t] = __nvvm_bar0_popc(t % 3 == 0);
  out[32 + t] = __nvvm_bar0_and(t < 32) + 2 * __nvvm_bar0_or(t == 40);
}

// Two halves of the block meet at barriers of their own.
KERNEL named_barriers(int* out) {
  __shared__ int first, second;
  int t = tid();
  if (t < 32) {
    if (t == 31) first = 5;
    __nvvm_barrier_sync_cnt(1, 32);
    out[t] = first;
  } else {
    if (t == 32) second = 6;
    __nvvm_barrier_sync_cnt(2, 32);
    out[t] = second;
  }
}

KERNEL spaces(int* p) {
  __shared__ int s[1];
  s[0] = 3;
  int local = 4;
  int* pointers[] = {p, s, &local, &counter};
  int found = 0;
  for (int i = 0; i < 4; ++i) found = found * 4 + __nvvm_isspacep_shared(pointers[i]) + 2 * __nvvm_isspacep_global(pointers[i]);
  p[0] = found;
}

struct Shape {
  __device__ virtual int area() { return 1; }
  int w = 3, h = 4;
};
struct Box : Shape {
  __device__ int area() override { return w * h; }
};
KERNEL virtual_calls(int* out) {
  Shape s;
  Box b;
  Shape* shapes[] = {&s, &b};
  out[0] = shapes[0]->area() + 100 * shapes[1]->area();
}

KERNEL floats(const float* in, float* out, const double* din, double* dout) {
  out[0] = in[0] + in[1];
  out[1] = in[0] * in[1];
  out[2] = in[0] / in[1];
  out[3] = __builtin_fmaf(in[0], in[1], in[2]);
  out[4] = __nvvm_add_rz_f(in[0], in[1]);
  out[5] = __nvvm_mul_rp_f(in[0], in[1]);
  out[6] = __builtin_sqrtf(in[0]);
  out[7] = (float)(_Float16)in[0];
  out[8] = (float)(__bf16)in[0];
  out[9] = (float)din[0];
  dout[0] = din[0] / din[1];
  dout[1] = __builtin_fma(din[0], din[1], din[2]);
  dout[2] = din[0] - din[1];
}

KERNEL integers(const u32* in, u32* out, u64* wide) {
  out[0] = __builtin_popcount(in[0]);
  out[1] = __builtin_clz(in[0]);
  out[2] = __builtin_ctz(in[0]);
  out[3] = __nvvm_mulhi_ui(in[0], in[1]);
  out[4] = __nvvm_prmt(in[0], in[1], 0x4502);
  out[5] = __builtin_bitreverse32(in[0]);
  out[6] = (int)in[0] >> 4;
  out[7] = (short)in[0];
  out[8] = __builtin_rotateleft32(in[0], 9);
  wide[0] = (u64)in[0] * in[1];
  wide[1] = (u64)(long long)(int)in[0];
  unsigned __int128 big = (unsigned __int128)wide[0] * wide[0];
  wide[2] = (u64)(big >> 64);
}
