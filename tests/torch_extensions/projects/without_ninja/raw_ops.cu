__global__ void scale_kernel(float* values, long n, float factor) {
  const long i = blockIdx.x * static_cast<long>(blockDim.x) + threadIdx.x;
  if (i < n) values[i] *= factor;
}

int scale(float* values, long n, float factor) {
  scale_kernel<<<(n + 127) / 128, 128>>>(values, n, factor);
  return cudaDeviceSynchronize();
}
