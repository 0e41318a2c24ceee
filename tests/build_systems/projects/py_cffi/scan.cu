extern __device__ int step(int* values, int distance);

__global__ void inclusive_sums(const int* values, int* sums) {
  extern __shared__ int shared[];
  shared[threadIdx.x] = values[threadIdx.x];
  __syncthreads();
  for (unsigned distance = 1; distance < blockDim.x;) distance = step(shared, distance);
  sums[threadIdx.x] = shared[threadIdx.x];
}

extern "C" int scan(const int* values, int n, int* sums) {
  int* on_device = nullptr;
  cudaMalloc(&on_device, n * sizeof(int));
  cudaMemcpy(on_device, values, n * sizeof(int), cudaMemcpyHostToDevice);
  inclusive_sums<<<1, n, n * sizeof(int)>>>(on_device, on_device);
  cudaMemcpy(sums, on_device, n * sizeof(int), cudaMemcpyDeviceToHost);
  cudaFree(on_device);
  return cudaGetLastError();
}
