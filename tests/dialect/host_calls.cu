// `__host__ __device__` functions that call host functions on a path that the device does not take; nvcc warns.
// warning: calling the __host__ function 'report' from a __host__ __device__ function
// warning: calling the __host__ function 'exit' from a __host__ __device__ function
// warning: calling the __host__ function 'push_back' from a __host__ __device__ function
#include <cstdlib>
#include <string>
#include <vector>

#include "show.h"

int report(int code, const char* text = "code") {
  printf("%s %d\n", text, code);
  return code;
}
#define HOST_API __host__
HOST_API inline int twice(int code) { return 2 * code; }
struct Log {
  int count;
  Log(int n) : count(n) {}
  Log(const Log& other) : count(other.count) {}
  ~Log() { count = 0; }
  int next() { return ++count; }
};

__host__ __device__ int checked(int value) {
  if (value == 77) return report(value);
  if (value == 76) return twice(value);
  if (value == 78) exit(1);
  if (value == 79) {
    std::vector<int> list;
    list.push_back(value);
    std::string text = "text";
    return list.size() + text.size() + Log(3).next();
  }
  return value;
}

// Calls that depend on a template's arguments are the host's own affair.
#pragma nv_exec_check_disable
template <typename F>
__host__ __device__ int invoke(F f) {
  return f();
}
#pragma hd_warning_disable
template <typename T>
__host__ __device__ void grow(T& list) {
  list.push_back(1);
}
struct OnHost {
  __host__ int operator()() { return 1; }
};
struct OnDevice {
  __device__ int operator()() { return 2; }
};

__global__ void kernel() { out[0] = checked(5) + invoke(OnDevice()); }

int main() {
  std::vector<int> list;
  grow(list);
  printf("%d %d %d\n", checked(77), checked(79), invoke(OnHost()) + (int)list.size());
  kernel<<<1, 1>>>();
  show(1);
}
