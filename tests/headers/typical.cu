// What ordinary programs write: standard headers, std:: and :: math, lambdas, symbols, events, function tables. Compiled, not run.
#include <assert.h>

#include <cfloat>
#include <climits>
#include <complex>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <thread>
using namespace std;
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 600
#else
static __inline__ __device__ double atomicAdd(double* a, double b) { return b; }
#endif
__constant__ float coef[16];
__device__ int counter;
template <int N>
__global__ void __launch_bounds__(N, 2) kk(float* p, long long* t) {
  extern __shared__ float sm[];
  __shared__ double d;
  clock_t c = clock();
  t[0] = clock64() - c;
  assert(p != nullptr);
  sm[threadIdx.x] = p[0] * coef[1];
  __syncthreads();
  atomicAdd(&d, 1.0);
  atomicAdd(&counter, 1);
  p[1] = min(p[0], sm[1]) + max(1, 2) + pow(p[0], 2) + abs(p[0]) + sqrt(p[2]) + isnan(p[3]) + floor(p[1]) + exp(p[2]);
  if (threadIdx.x == 0 && blockIdx.x == 0) printf("hello %d\n", threadIdx.x);
  p[2] = fmin(p[0], 2.0) + fmax(1, p[0]) + round(p[4]) + log10(p[2]) + std::exp(p[3]) + std::fabs(p[2]) + std::isinf(p[0]) +
         FLT_MAX + numeric_limits<float>::max();
#if __cplusplus >= 201402L  // Where std::max is constexpr: nvcc, too, refuses it in device code of C++11.
  p[2] += std::max(p[0], p[1]);
#endif
  auto f = [](int x) { return x + 1; };
  p[4] = f(3);
  memset(p, 0, 4);
  memcpy(p + 1, p, 4);
}
struct Op {
  __host__ __device__ float operator()(float x) const {
    return std::sqrt(x) + powf(x, 2.f) + fminf(x, 1.f) + std::pow(x, 3) + min(x, 2.f) + (isnan(x) ? 1 : 0) +
           (std::isfinite(x) ? 1 : 0);
  }
};
template <class F>
__global__ void ap(F f, float* p) {
  *p = f(*p);
}
typedef float (*fn)(float);
__device__ float sq(float x) { return x * x; }
__device__ fn table[1] = {sq};
int main() {
  float* p;
  long long* t;
  cudaMalloc(&p, 64);
  cudaMalloc((void**)&t, 8);
  dim3 g = {4, 4};
  kk<128><<<g, dim3(128), 1024, 0>>>(p, t);
  ap<<<1, 1>>>(Op(), p);
  ap<<<1, 1>>>([=] __device__(float x) { return x * 2; }, p);
  float h[16] = {};
  cudaMemcpyToSymbol(coef, h, sizeof h);
  cudaMemcpyToSymbol(counter, h, 4, 0, cudaMemcpyHostToDevice);
  fn hf;
  cudaMemcpyFromSymbol(&hf, table, sizeof hf);
  cudaDeviceProp pr;
  cudaGetDeviceProperties(&pr, 0);
  cout << pr.name << " " << pr.clockRate << min(1, 2) << max(2.0, 1.0) << pow(2, 3) << abs(-2) << endl;
  cudaEvent_t e;
  cudaEventCreate(&e);
  cudaEventRecord(e);
  cudaEventRecord(e, 0);
  cudaFuncSetCacheConfig(kk<128>, cudaFuncCachePreferL1);
  cudaFuncSetAttribute(kk<128>, cudaFuncAttributeMaxDynamicSharedMemorySize, 65536);
  void* args[] = {&p, &t};
  cudaLaunchKernel((void*)kk<128>, g, g, args, 0, 0);
  cudaLaunchCooperativeKernel((void*)kk<128>, g, g, args);
  cudaStream_t s;
  cudaStreamCreate(&s);
  cudaMemcpyAsync(p, p, 4, cudaMemcpyDefault, s);
  complex<float> z(1, 2);
  cout << abs(z) << Op()(2.f);
  return 0;
}
