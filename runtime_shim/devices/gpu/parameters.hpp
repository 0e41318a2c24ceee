// The kernels of a module, and where their parameters lie among their packed arguments, for libraries that do not tell.
#pragma once

#include <driver_types.h>

#include "core/vector.hpp"

namespace cw::gpu {

struct Parameter {
  size_t offset;
  size_t bytes;
};

struct KernelParameters : Allocated {
  Vector<char> name;  // mangled, with its end mark
  Vector<Parameter> parameters;
};

class ParameterTable {
 public:
  // A kernel without parameters so far.
  KernelParameters& add(const char* name, size_t length);
  // The kernels that were added are all there are.
  void complete() { complete_ = true; }
  // cudaErrorNotSupported unless all kernels are known.
  cudaError_t names(Vector<const char*>* out) const;
  // Null for a kernel that is not described.
  const KernelParameters* find(const char* name) const;

 private:
  Vector<Owned<KernelParameters>> kernels_;
  bool complete_ = false;
};

}  // namespace cw::gpu
