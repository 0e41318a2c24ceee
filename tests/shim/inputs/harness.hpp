// What clang's host code does for a program: registers the fat binary (read from the file CW_TEST_FATBIN) and its kernels, and
// launches through the call configuration. Plus checks that stop with the line and the values.
#pragma once

#include <cuda_runtime_api.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" {
void** __cudaRegisterFatBinary(void*);
void __cudaRegisterFatBinaryEnd(void**);
void __cudaUnregisterFatBinary(void**);
void __cudaRegisterFunction(void**, const char*, char*, const char*, int, uint3*, uint3*, dim3*, dim3*, int*);
void __cudaRegisterVar(void**, char*, char*, const char*, int, size_t, int, int);
void __cudaRegisterManagedVar(void**, void**, char*, const char*, int, size_t, int, int);
unsigned __cudaPushCallConfiguration(dim3, dim3, size_t, cudaStream_t);
cudaError_t __cudaPopCallConfiguration(dim3*, dim3*, size_t*, void*);
}

#define CHECK_EQ(got, want)                                                                            \
  do {                                                                                                 \
    const long long g_ = static_cast<long long>(got), w_ = static_cast<long long>(want);               \
    if (g_ != w_) {                                                                                    \
      std::printf("%s:%d: %s is %lld, expected %s = %lld\n", __FILE__, __LINE__, #got, g_, #want, w_); \
      std::exit(1);                                                                                    \
    }                                                                                                  \
  } while (0)
#define CHECK_SAME(a, b) CHECK_EQ((a) == (b), true)  // of pointers
#define OK(call) CHECK_EQ(call, cudaSuccess)

namespace harness {

// One host stub a kernel: only its address matters.
#define KERNELS(X) \
  X(add)           \
  X(add_value)     \
  X(append)        \
  X(wait_flag)     \
  X(where)         \
  X(heap)          \
  X(grid_sum)      \
  X(trap) X(read_variables) X(null_write) X(overflow) X(deadlock) X(empty) X(failing_assert) X(print_all) X(not_in_module)
#define DECLARE(name) inline char name;
KERNELS(DECLARE)
#undef DECLARE

inline int counter[1], table[4];
inline int* managed_value;

inline std::vector<char> fat_binary;
inline struct {
  unsigned magic = 0x466243b1, version = 1;
  const void* data = nullptr;
  void* unused = nullptr;
} wrapper;
inline void** handle;

inline void* align64(std::vector<char>& bytes) {
  return reinterpret_cast<void*>((reinterpret_cast<size_t>(bytes.data()) + 63) / 64 * 64);
}

struct Registration {
  Registration() {
    std::ifstream file(std::getenv("CW_TEST_FATBIN"), std::ios::binary);
    std::vector<char> raw((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    fat_binary.resize(raw.size() + 64);
    std::copy(raw.begin(), raw.end(), static_cast<char*>(align64(fat_binary)));
    wrapper.data = align64(fat_binary);
    handle = __cudaRegisterFatBinary(&wrapper);
#define REGISTER(name) __cudaRegisterFunction(handle, &name, const_cast<char*>(#name), #name, -1, 0, 0, 0, 0, 0);
    KERNELS(REGISTER)
#undef REGISTER
    __cudaRegisterVar(handle, reinterpret_cast<char*>(counter), 0, "counter", 0, 4, 0, 0);
    __cudaRegisterVar(handle, reinterpret_cast<char*>(table), 0, "table", 0, 16, 1, 0);
    __cudaRegisterManagedVar(handle, reinterpret_cast<void**>(&managed_value), 0, "managed_value", 0, 4, 0, 0);
    __cudaRegisterFatBinaryEnd(handle);
  }
  ~Registration() { __cudaUnregisterFatBinary(handle); }
};
inline Registration registration;

// kernel<<<grid, block, shared, stream>>>(arguments...)
template <typename... Arguments>
cudaError_t launch(const void* kernel, dim3 grid, dim3 block, size_t shared, cudaStream_t stream, Arguments... arguments) {
  if (__cudaPushCallConfiguration(grid, block, shared, stream) != 0) return cudaErrorUnknown;
  dim3 g, b;
  size_t s;
  cudaStream_t q;
  __cudaPopCallConfiguration(&g, &b, &s, &q);
  void* pointers[] = {&arguments..., nullptr};
  return cudaLaunchKernel(kernel, g, b, pointers, s, q);
}

template <typename T>
T* device_alloc(size_t count) {
  void* memory = nullptr;
  OK(cudaMalloc(&memory, count * sizeof(T)));
  OK(cudaMemset(memory, 0, count * sizeof(T)));
  return static_cast<T*>(memory);
}

}  // namespace harness
