// Device code that the other file calls: needs a device link.
__device__ int step(int* values, int distance) {
  const int i = threadIdx.x;
  const int sum = i >= distance ? values[i] + values[i - distance] : values[i];
  __syncthreads();
  values[i] = sum;
  __syncthreads();
  return distance * 2;
}
