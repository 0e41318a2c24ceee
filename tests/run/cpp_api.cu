// The C++ half of the runtime API: typed pointers, symbols and kernels.
#include <stdio.h>

__device__ int counter;
__constant__ float table[4];

__global__ void scale(int* out, const float* in, int n) {
  extern __shared__ float part[];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  part[threadIdx.x] = i < n ? in[i] : 0;
  __syncthreads();
  if (i < n) out[i] = (int)(part[threadIdx.x] * table[i % 4]);
  if (i == 0) atomicAdd(&counter, n);
}

static int failures = 0;
#define OK(call) check((call), #call)
static void check(cudaError_t got, const char* call) {
  if (got != cudaSuccess) printf("%s: %s\n", call, cudaGetErrorName(got)), ++failures;
}
static size_t bytes_for(int threads) { return threads * sizeof(float); }

static void symbols() {
  const float factors[4] = {1, 2, 3, 4};
  float back[4] = {};
  int zero = 0, *address = nullptr;
  size_t size = 0;
  OK(cudaMemcpyToSymbol(table, factors, sizeof factors));
  OK(cudaMemcpyFromSymbol(back, table, sizeof back));
  OK(cudaMemcpyToSymbolAsync(counter, &zero, sizeof zero, 0, cudaMemcpyHostToDevice, 0));
  OK(cudaMemcpyFromSymbolAsync(&zero, counter, sizeof zero, 0, cudaMemcpyDeviceToHost, 0));
  OK(cudaDeviceSynchronize());
  OK(cudaGetSymbolAddress((void**)&address, counter));
  OK(cudaGetSymbolSize(&size, table));
  printf("table %g %g, %d bytes, counter %d\n", back[0], back[3], (int)size, zero);
}

static void launches(int* out, const float* in, int n, cudaStream_t stream) {
  int blocks = 0, threads = 0, resident = 0;
  OK(cudaOccupancyMaxPotentialBlockSize(&blocks, &threads, scale, 4096));
  OK(cudaOccupancyMaxPotentialBlockSizeWithFlags(&blocks, &threads, scale, 4096, 0, cudaOccupancyDefault));
  OK(cudaOccupancyMaxPotentialBlockSizeVariableSMem(&blocks, &threads, scale, bytes_for));
  OK(cudaOccupancyMaxPotentialBlockSizeVariableSMemWithFlags(&blocks, &threads, scale, bytes_for, 0, cudaOccupancyDefault));
  OK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&resident, scale, 64, 256));
  OK(cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(&resident, scale, 64, 256, cudaOccupancyDefault));
  printf("a launch is possible: %d\n", blocks > 0 && threads > 0 && resident > 0);

  cudaLaunchConfig_t config = {};
  config.gridDim = dim3((n + 63) / 64);
  config.blockDim = dim3(64);
  config.dynamicSmemBytes = 256;
  config.stream = stream;
  OK(cudaLaunchKernelEx(&config, scale, out, in, n));
  void* arguments[] = {&out, &in, &n};
  OK(cudaLaunchKernel(scale, config.gridDim, config.blockDim, arguments, 256, stream));
  OK(cudaLaunchCooperativeKernel(scale, config.gridDim, config.blockDim, arguments, 256, stream));
}

static void functions() {
  cudaFuncAttributes attributes;
  cudaFunction_t function;
  cudaKernel_t kernel;
  const char* name = nullptr;
  OK(cudaFuncGetAttributes(&attributes, scale));
  OK(cudaFuncSetAttribute(scale, cudaFuncAttributePreferredSharedMemoryCarveout, 50));
  OK(cudaFuncSetCacheConfig(scale, cudaFuncCachePreferShared));
  OK(cudaGetFuncBySymbol(&function, scale));
  OK(cudaGetKernel(&kernel, scale));
  OK(cudaFuncGetName(&name, scale));
  printf("%s: can launch %d\n", name, attributes.maxThreadsPerBlock >= 64);
  float* typed;
  int (*unified)(int);
  size_t bytes;
  cudaLibrary_t none = nullptr;
  printf("no library: %d %d %d\n", cudaLibraryGetGlobal(&typed, &bytes, none, "x") != cudaSuccess,
         cudaLibraryGetManaged(&typed, &bytes, none, "x") != cudaSuccess,
         cudaLibraryGetUnifiedFunction(&unified, none, "x") != cudaSuccess);
}

static void constructors() {
  const cudaChannelFormatDesc two = cudaCreateChannelDesc<float2>(), one = cudaCreateChannelDesc<unsigned char>();
  const cudaExtent extent = make_cudaExtent(4, 3, 2);
  const cudaPos position = make_cudaPos(1, 2, 3);
  const cudaPitchedPtr pitched = make_cudaPitchedPtr(nullptr, 64, 10, 5);
  printf("%d %d %d, %d %d, %d %d %d %d\n", two.x, two.y, two.f == cudaChannelFormatKindFloat, one.x,
         one.f == cudaChannelFormatKindUnsigned, (int)extent.depth, (int)position.y, (int)pitched.pitch, (int)pitched.ysize);
}

int main() {
  const int n = 100;
  float *in, *host, *mapped;
  int *out, *managed, *quick;
  char* rows;
  size_t pitch;
  cudaStream_t stream;
  cudaEvent_t event;
  OK(cudaStreamCreate(&stream));
  OK(cudaEventCreate(&event, cudaEventDisableTiming));
  OK(cudaMalloc(&in, n * sizeof *in));
  OK(cudaMallocHost(&host, n * sizeof *host));
  OK(cudaHostAlloc(&mapped, n * sizeof *mapped, cudaHostAllocMapped));
  OK(cudaHostGetDevicePointer(&mapped, mapped, 0));
  OK(cudaMallocManaged(&managed, n * sizeof *managed));
  OK(cudaMallocAsync(&quick, n * sizeof *quick, stream));
  OK(cudaMallocPitch(&rows, &pitch, 33, 3));
  OK(cudaMalloc(&out, n * sizeof *out));
  symbols();
  for (int i = 0; i < n; ++i) host[i] = i;
  OK(cudaMemcpy(in, host, n * sizeof *in, cudaMemcpyHostToDevice));
  launches(out, in, n, stream);
  OK(cudaEventRecord(event, stream));
  OK(cudaStreamSynchronize(stream));
  OK(cudaMemcpy(managed, out, n * sizeof *out, cudaMemcpyDeviceToHost));
  int count = 0;
  OK(cudaMemcpyFromSymbol(&count, counter, sizeof count));
  printf("%d %d %d, counter %d, pitch fits %d\n", managed[1], managed[50], managed[99], count, pitch >= 33);
  functions();
  constructors();
  OK(cudaFreeAsync(quick, stream));
  OK(cudaStreamSynchronize(stream));
  printf("%d failures\n", failures);
  return failures;
}
