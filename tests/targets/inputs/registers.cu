// A kernel that keeps a hundred values in registers.
__attribute__((global)) void many(const float* x, float* y) {
  const int lane = __nvvm_read_ptx_sreg_tid_x();
  float v[100];
#pragma unroll
  for (int i = 0; i < 100; ++i) v[i] = x[i * 64 + lane];
  __syncthreads();
#pragma unroll
  for (int i = 0; i < 100; ++i) y[(99 - i) * 64 + lane] = v[i] * v[(i * 7) % 100];
}
