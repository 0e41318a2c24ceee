// Where the parameters of a module's kernels lie among their packed arguments, for libraries that do not tell.
#pragma once

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
  // Null for a kernel that is not described.
  const KernelParameters* find(const char* name) const;

 private:
  Vector<Owned<KernelParameters>> kernels_;
};

}  // namespace cw::gpu
