// Returns from main while a kernel still runs: the process ends, as with a GPU.
#include "harness.hpp"

using namespace harness;

int main() {
  int* flag = device_alloc<int>(1);
  OK(launch(&wait_flag, 4, 1, 0, nullptr, flag, 1));
  std::puts("done");
}
