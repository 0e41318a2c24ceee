// __managed__ variables: one memory for host and device, with a static initialiser.
#include <cstdio>

__managed__ int counter = 11;
__managed__ double table[3] = {0.5, 1.5};
static __device__ __managed__ int of_this_file = 3;
__managed__ int* pointer;

namespace space {
struct Pair {
  int first;
  char second;
};
__managed__ Pair pair = {1, 'a'};
}  // namespace space

template <typename T>
__managed__ T generic = T(2.5);

__device__ int* address_of_counter() { return &counter; }

__global__ void use(int amount) {
  *address_of_counter() += amount;
  table[2] = table[0] + table[1];
  int* chosen = amount > 3 ? &of_this_file : &space::pair.first;
  *chosen *= 10;
  space::pair.second = 'z';
  generic<double> += 1;
  generic<int> += 1;
  if (pointer) *pointer = 77;
}

__global__ void sum(int* out) { atomicAdd(&counter, static_cast<int>(threadIdx.x)); }

static void symbols() {
  int value = 5;
  void* address = nullptr;
  cudaMemcpyToSymbol(counter, &value, sizeof value);
  cudaGetSymbolAddress(&address, counter);
  cudaPointerAttributes attributes;
  const cudaError_t error = cudaPointerGetAttributes(&attributes, &table[1]);
  printf("%d %d %s %d\n", counter, address == &counter, cudaGetErrorName(error), attributes.type == cudaMemoryTypeManaged);
}

int main() {
  printf("%d %.1f %d %d %c %.1f\n", counter, table[1], of_this_file, space::pair.first, space::pair.second, generic<double>);
  counter += 100;
  pointer = &space::pair.first;
  use<<<1, 1>>>(5);
  cudaError_t error = cudaDeviceSynchronize();
  printf("%d %.1f %s\n", counter, table[2], cudaGetErrorName(error));
  printf("%d %d %c %.1f %d\n", of_this_file, space::pair.first, space::pair.second, generic<double>, generic<int>);
  symbols();
  sum<<<2, 64>>>(nullptr);
  error = cudaDeviceSynchronize();
  printf("%d\n", counter);
  cudaDeviceReset();
  use<<<1, 1>>>(1);  // a fresh image: the initial values
  cudaDeviceSynchronize();
  printf("%d %d\n", counter, of_this_file);
}
