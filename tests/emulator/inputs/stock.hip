// A HIP program for stock clang without ROCm's headers: what it uses of them is declared here.
extern "C" int printf(const char*, ...);
using size_t = decltype(sizeof(0));
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __host__ __attribute__((host))
#define __shared__ __attribute__((shared))

struct dim3 {
  unsigned x, y, z;
  __host__ __device__ constexpr dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
typedef struct ihipStream_t* hipStream_t;
extern "C" {
int hipMalloc(void**, size_t);
int hipFree(void*);
int hipMemcpy(void*, const void*, size_t, int);
int hipMemcpyToSymbol(const void*, const void*, size_t, size_t, int);
int hipMemcpyFromSymbol(void*, const void*, size_t, size_t, int);
int hipDeviceSynchronize();
int hipGetLastError();
const char* hipGetErrorName(int);
int hipLaunchKernel(const void*, dim3, dim3, void**, size_t, hipStream_t);
int __hipPushCallConfiguration(dim3, dim3, size_t = 0, hipStream_t = nullptr);
int __hipPopCallConfiguration(dim3*, dim3*, size_t*, hipStream_t*);
int hipOccupancyMaxActiveBlocksPerMultiprocessor(int*, const void*, int, size_t);
}

__device__ int passes;
__device__ float weights[4];

__device__ unsigned thread() { return __builtin_amdgcn_workitem_id_x(); }
__device__ unsigned block() { return __builtin_amdgcn_workgroup_id_x(); }
__device__ unsigned block_size() { return __builtin_amdgcn_workgroup_size_x(); }

__global__ void smooth(const float* in, float* out, int n) {
  int i = block() * block_size() + thread();
  if (i >= n) return;
  float sum = 0;
  for (int k = 0; k < 4; ++k) sum += weights[k] * in[(i + k) % n];
  out[i] = sum;
  __atomic_fetch_add(&passes, 1, __ATOMIC_RELAXED);
}

template <typename T>
__global__ void reverse(T* data) {
  __shared__ T tile[256];
  tile[thread()] = data[block() * 256 + thread()];
  __builtin_amdgcn_fence(__ATOMIC_RELEASE, "workgroup");
  __builtin_amdgcn_s_barrier();
  __builtin_amdgcn_fence(__ATOMIC_ACQUIRE, "workgroup");
  data[block() * 256 + thread()] = tile[255 - thread()];
}

struct Pair {
  double first;
  short second;
};
typedef int (*Function)(int);
__device__ __attribute__((noinline)) int twice(int x) { return 2 * x; }
__device__ __attribute__((noinline)) int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
__device__ Function functions[] = {twice, fibonacci};

__global__ void calls(Pair pair, char which, int* out) {
  out[thread()] = functions[(thread() + which) % 2]((int)thread() % 12) + (int)(pair.first * pair.second);
}

static void show(const char* what, int error) { printf("%s: %s\n", what, hipGetErrorName(error)); }

int main() {
  const int n = 1000;
  float in[n], out[n], *a, *b, w[4] = {0.5f, 0.25f, 0.125f, 0.125f};
  for (int i = 0; i < n; ++i) in[i] = (float)(i % 16);
  hipMalloc((void**)&a, sizeof in);
  hipMalloc((void**)&b, 1024 * sizeof(double));
  hipMemcpy(a, in, sizeof in, 1);
  hipMemcpyToSymbol(&weights, w, sizeof w, 0, 1);
  smooth<<<(n + 127) / 128, 128>>>(a, b, n);
  show("smooth", hipMemcpy(out, b, sizeof out, 2));
  int count = 0, wrong = 0;
  hipMemcpyFromSymbol(&count, &passes, sizeof count, 0, 2);
  for (int i = 0; i < n; ++i) {
    float sum = 0;
    for (int k = 0; k < 4; ++k) sum += w[k] * in[(i + k) % n];
    wrong += sum != out[i];
  }
  printf("passes %d wrong %d\n", count, wrong);

  double values[1024];
  for (int i = 0; i < 1024; ++i) values[i] = i * 0.5;
  hipMemcpy(b, values, sizeof values, 1);
  reverse<double><<<4, 256>>>((double*)b);
  show("reverse", hipMemcpy(values, b, sizeof values, 2));
  printf("%g %g %g\n", values[0], values[255], values[1000]);

  int results[64];
  calls<<<1, 64>>>(Pair{2.5, 4}, 1, (int*)b);
  show("calls", hipMemcpy(results, b, sizeof results, 2));
  for (int i = 0; i < 64; i += 9) printf("%d ", results[i]);
  int blocks = 0;
  hipOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, (const void*)smooth, 128, 0);
  printf("\noccupied %d\n", blocks > 0);

  smooth<<<1, 2000>>>(a, b, n);
  show("too large", hipGetLastError());
  smooth<<<1, 32>>>((const float*)16, b, n);
  show("bad address", hipDeviceSynchronize());
  hipFree(a);
}
