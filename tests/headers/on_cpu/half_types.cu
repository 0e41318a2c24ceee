// __half and __nv_bfloat16 in kernels.
#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include "check.h"

__global__ void halves() {
  float f = (float)((int)threadIdx.x - 16) * 0.37f;
  __half h = f;
  _Float16 n = (_Float16)f;
  CHECK((float)h == (float)n);
  CHECK((float)(h * h + h) == (float)(_Float16)((float)(_Float16)((float)n * (float)n) + (float)n) ||
        (float)(h * h + h) == (float)(_Float16)((float)n * (float)n + (float)n));
  half2 z = __floats2half2_rn(f, 2 * f);
  CHECK(__low2float(__hmul2(z, z)) == (float)(_Float16)((float)n * (float)n));
  CHECK((float)__hmax(h, __half(0.f)) == ((float)h > 0 ? (float)h : 0.f));
  CHECK(__half2int_rn(__half(2.5f)) == 2 && __half2int_rz(__half(-2.7f)) == -2);
  CHECK((int)__half(1e5f) == 2147483647);
  CHECK(__half2float(__shfl_xor_sync(~0u, h, 1)) == (float)__half((float)((int)(threadIdx.x ^ 1) - 16) * 0.37f));
  __nv_bfloat16 b = 1.0f;
  CHECK((float)(b + b) == 2.0f);
  CHECK((float)__hfma(b, b, b) == 2.0f);
  CHECK((float)hexp(__half(0.f)) == 1.f);
  CHECK(__hgt(__half(2), __half(1)));
  CHECK(!__heq(__half(NAN), __half(NAN)));
  __shared__ __half acc;
  __shared__ __half2 acc2;
  __shared__ __nv_bfloat16 accb;
  if (threadIdx.x == 0) {
    acc = 0.f;
    acc2 = __floats2half2_rn(0, 0);
    accb = 0.f;
  }
  __syncthreads();
  atomicAdd(&acc, __half(1.f));
  atomicAdd(&acc2, __floats2half2_rn(1, 2));
  atomicAdd(&accb, __nv_bfloat16(1.f));
  __syncthreads();
  CHECK((float)acc == 32.f && (float)acc2.y == 64.f && (float)accb == 32.f);
}
int main() {
  halves<<<1, 32>>>();
  return finish();
}
