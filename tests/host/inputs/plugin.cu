// A library with kernels, compiled several times with another NUMBER; an initialiser launches one.
#include <stdio.h>

static __device__ int counter = NUMBER;
__constant__ int scale = NUMBER * 10;

__global__ void work(int* out) { *out = atomicAdd(&counter, 1) * 1000 + scale + NUMBER; }

static int launch(cudaStream_t stream) {
  int *memory = nullptr, value = -1;
  if (cudaMallocAsync(reinterpret_cast<void**>(&memory), sizeof(int), stream) != cudaSuccess) return -2;
  work<<<1, 1, 0, stream>>>(memory);
  cudaMemcpyAsync(&value, memory, sizeof(int), cudaMemcpyDeviceToHost, stream);
  cudaFreeAsync(memory, stream);
  const cudaError_t error = cudaStreamSynchronize(stream);
  return error == cudaSuccess ? value : -static_cast<int>(error);
}

struct AtStart {
  int value = launch(nullptr);
  ~AtStart() {
    if (launch(nullptr) < 0) printf("a destructor cannot launch\n");
  }
};
static AtStart at_start;

extern "C" int at_start_of_library() { return at_start.value; }
extern "C" int call() { return launch(nullptr); }
extern "C" void* make_memory() {
  int *memory = nullptr, value = NUMBER * 7;
  cudaMalloc(&memory, sizeof(int));
  cudaMemcpy(memory, &value, sizeof(int), cudaMemcpyDefault);
  return memory;
}
extern "C" int take_memory(void* memory) {
  int value = -1;
  cudaPointerAttributes attributes;
  if (cudaPointerGetAttributes(&attributes, memory) != cudaSuccess || attributes.type != cudaMemoryTypeDevice) return -3;
  if (cudaMemcpy(&value, memory, sizeof(int), cudaMemcpyDefault) != cudaSuccess) return -4;
  return cudaFree(memory) == cudaSuccess ? value : -5;
}
extern "C" void* make_stream() {
  cudaStream_t stream = nullptr;
  cudaStreamCreate(&stream);
  return stream;
}
extern "C" int take_stream(void* stream) {
  const int value = launch(static_cast<cudaStream_t>(stream));
  return cudaStreamDestroy(static_cast<cudaStream_t>(stream)) == cudaSuccess ? value : -6;
}
