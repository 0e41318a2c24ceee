// flags: -rdc=true -lcudadevrt
// stderr: kernel _Z6faultyPi, block (0,0,0): illegal address
// Kernels that launch kernels: order within a block, waiting, recursion, tail launches, device-side copies, errors.
#include <cstdio>

struct Pair {
  int a;
  double b;
};

__global__ void show(int number, Pair pair, char letter) {
  printf("show %d %d %g %c, thread %d\n", number, pair.a, pair.b, letter, threadIdx.x);
}

template <typename T>
__global__ void add(T* out, T value) {
  extern __shared__ char scratch[];
  reinterpret_cast<T*>(scratch)[threadIdx.x] = value;
  __syncthreads();
  atomicAdd(out, reinterpret_cast<T*>(scratch)[blockDim.x - 1 - threadIdx.x]);
}

typedef void (*Show)(int, Pair, char);
__device__ Show table[1] = {show};

__global__ void in_order(int* sum) {
  if (threadIdx.x == 0) show<<<1, 2>>>(1, Pair{2, 3.5}, 'x');
  __syncthreads();
  if (threadIdx.x == 33) {
    table[blockIdx.x]<<<1, 1>>>(4, Pair{5, 6}, 'y');
    add<<<dim3(3, 2), 64, 64 * sizeof(int)>>>(sum, 2);
    printf("before: %d\n", *sum);
    cudaDeviceSynchronize();
    printf("after: %d\n", *static_cast<volatile int*>(sum));
  }
}

__global__ void tree(int depth, int* leaves) {
  if (depth == 0) {
    atomicAdd(leaves, 1);
    return;
  }
  tree<<<1, 2>>>(depth - 1, leaves);
}

__global__ void last(const int* leaves) { printf("tail sees %d leaves\n", *leaves); }

__global__ void with_tail(int* leaves) {
  last<<<1, 1, 0, cudaStreamTailLaunch>>>(leaves);
  tree<<<1, 2>>>(5, leaves);
}

__global__ void copies(int* data, int count) {
  cudaStream_t stream;
  if (cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking) != cudaSuccess) printf("no stream\n");
  cudaMemsetAsync(data, 1, count * sizeof(int), stream);
  add<<<1, 1, sizeof(int), stream>>>(data, 41);
  cudaMemcpyAsync(data + 1, data, sizeof(int), cudaMemcpyDeviceToDevice, stream);
  cudaStreamDestroy(stream);
  show<<<1, 5000>>>(0, Pair{}, 'z');
  const cudaError_t error = cudaPeekAtLastError();
  printf("%d %d %d\n", error == cudaErrorInvalidConfiguration, cudaGetLastError() == error, cudaGetLastError());
  printf("%s: %s; %s\n", cudaGetErrorName(error), cudaGetErrorString(error), cudaGetErrorName(static_cast<cudaError_t>(99999)));
}

__global__ void endless(int* depth) {
  *depth += 1;
  endless<<<1, 1>>>(depth);
  if (cudaGetLastError() == cudaErrorLaunchMaxDepthExceeded) printf("deep enough: %d\n", *depth);
}

__global__ void faulty(int* bad) { *bad = 1; }
__global__ void launches_faulty() { faulty<<<1, 1>>>(nullptr); }

int main() {
  int* memory;
  cudaMallocManaged(&memory, 8 * sizeof(int));
  for (int i = 0; i < 8; ++i) memory[i] = 0;
  in_order<<<1, 64>>>(memory);
  with_tail<<<1, 1>>>(memory + 1);
  copies<<<1, 1>>>(memory + 2, 4);
  endless<<<1, 1>>>(memory + 6);
  printf("%s\n", cudaGetErrorName(cudaDeviceSynchronize()));
  printf("%d %d, %x %x %x\n", memory[0], memory[1], memory[2], memory[3], memory[4]);
  launches_faulty<<<1, 1>>>();
  printf("%s\n", cudaGetErrorName(cudaDeviceSynchronize()));
}
