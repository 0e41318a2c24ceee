// flags: -ftz=true
// -ftz=true: single-precision operations take and give zeros for subnormal numbers; moves do not; double precision does not flush.
#include <cstdio>

__device__ float divided(float a, float b) { return a / b; }

__global__ void arithmetic(float* out, float tiny, float normal) {
  out[0] = tiny + tiny;
  out[1] = normal * 0.25f;
  out[2] = -normal * 0.25f;
  out[3] = fmaf(normal, 0.5f, 0.0f);
  out[4] = sqrtf(tiny);
  out[5] = divided(normal, 8.0f);
  out[6] = tiny > 0.0f;
  out[7] = logf(tiny);
  out[8] = expf(-95.0f + normal);
  out[9] = tiny * 0x1p60f;
  out[10] = __fadd_rn(tiny, normal);
  out[11] = normal + normal;
}

__global__ void moves(float* out, float tiny) { out[threadIdx.x] = threadIdx.x ? __int_as_float(__float_as_int(tiny)) : tiny; }

__global__ void barriers(float* out, float normal) {
  __shared__ float shared[32];
  shared[threadIdx.x] = normal;
  __syncthreads();
  out[threadIdx.x] = shared[31 - threadIdx.x] * 0.5f;
}

int main() {
  float* out;
  cudaMallocManaged(&out, 32 * sizeof(float));
  arithmetic<<<1, 1>>>(out, 0x1p-130f, 0x1p-126f);
  cudaDeviceSynchronize();
  for (int i = 0; i < 12; ++i) std::printf("%d: %a\n", i, out[i]);
  moves<<<1, 2>>>(out, 0x1p-130f);
  cudaDeviceSynchronize();
  std::printf("moved: %a %a\n", out[0], out[1]);
  barriers<<<1, 32>>>(out, 0x1p-126f);
  cudaDeviceSynchronize();
  std::printf("after a barrier: %a\n", out[5]);
  volatile float host = 0x1p-130f;
  std::printf("host: %a\n", host * 2.0f);
}
