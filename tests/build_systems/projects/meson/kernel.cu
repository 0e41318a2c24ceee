__device__ int helper(int x);

__global__ void increment(int* p) { *p = helper(*p); }

int answer() {
  int x = 41, *p;
  if (cudaMalloc(&p, sizeof x) != cudaSuccess) return -1;
  cudaMemcpy(p, &x, sizeof x, cudaMemcpyHostToDevice);
  increment<<<1, 1>>>(p);
  cudaMemcpy(&x, p, sizeof x, cudaMemcpyDeviceToHost);
  cudaFree(p);
  return x;
}
