// What a program compiled by clang's HIP mode has announced: its code objects, kernels and variables.
#pragma once

#include "core/flat_map.hpp"
#include "emulator/hip/module.hpp"

namespace cw::amdhip {

struct Binary : Allocated {
  const void* image = nullptr;
  Vector<Owned<Module>> by_device;
};

struct Announced : Allocated {
  Binary* binary = nullptr;
  const char* name = nullptr;
};

// The kernel, or the variable's memory, on the current device. Loads the code object where that is not done yet.
Error announced_function(const void* host, Function** out);
Error announced_variable(const void* host, void** address, size_t* bytes);

}  // namespace cw::amdhip
