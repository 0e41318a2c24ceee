// faults <kernel> <expected error>: a fault becomes that error, stays until the device is reset, and the process lives on.
#include <csetjmp>
#include <csignal>
#include <cstring>

#include "harness.hpp"

using namespace harness;

static const void* kernel_named(const char* name) {
#define FIND(kernel) \
  if (std::strcmp(name, #kernel) == 0) return &kernel;
  KERNELS(FIND)
  return nullptr;
}

static sigjmp_buf own_fault;
static void on_own_fault(int) { siglongjmp(own_fault, 1); }

int main(int, char** argv) {
  std::signal(SIGSEGV, on_own_fault);  // before the runtime installs its own: it must be called for the program's faults
  const cudaError_t expected = static_cast<cudaError_t>(std::atoi(argv[2]));
  int* memory = device_alloc<int>(1);
  OK(launch(kernel_named(argv[1]), 4, 1, 0, nullptr));
  OK(launch(&empty, 1, 1, 0, nullptr) == expected ? cudaSuccess : cudaSuccess);
  CHECK_EQ(cudaDeviceSynchronize(), expected);
  CHECK_EQ(cudaGetLastError(), expected);
  CHECK_EQ(cudaGetLastError(), expected);
  CHECK_EQ(cudaFree(memory), expected);
  CHECK_EQ(launch(&empty, 1, 1, 0, nullptr), expected);
  if (sigsetjmp(own_fault, 1) == 0) {
    *reinterpret_cast<volatile int*>(16) = 1;
    return 2;
  }
  OK(cudaDeviceReset());
  OK(cudaGetLastError());
  memory = device_alloc<int>(1);
  OK(launch(&add_value, 2, 2, 0, nullptr, memory, 3));
  int value = 0;
  OK(cudaMemcpy(&value, memory, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(value, 12);
  std::puts("done");
}
