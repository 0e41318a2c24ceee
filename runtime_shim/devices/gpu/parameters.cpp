#include "devices/gpu/parameters.hpp"

#include <string.h>

namespace cw::gpu {

KernelParameters& ParameterTable::add(const char* name, size_t length) {
  KernelParameters& kernel = *kernels_.push(Owned<KernelParameters>(new KernelParameters));
  for (size_t i = 0; i < length; ++i) kernel.name.push(name[i]);
  kernel.name.push(0);
  return kernel;
}

cudaError_t ParameterTable::names(Vector<const char*>* out) const {
  if (!complete_) return cudaErrorNotSupported;
  for (const Owned<KernelParameters>& kernel : kernels_) out->push(kernel->name.data());
  return cudaSuccess;
}

const KernelParameters* ParameterTable::find(const char* name) const {
  for (const Owned<KernelParameters>& kernel : kernels_) {
    if (strcmp(kernel->name.data(), name) == 0) return kernel.get();
  }
  return nullptr;
}

}  // namespace cw::gpu
