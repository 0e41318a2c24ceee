__device__ int offset = 5;

__device__ int shifted(int x) { return x + offset; }
