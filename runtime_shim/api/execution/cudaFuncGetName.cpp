#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaFuncGetName(const char** name, const void* function) {
  return cw::on_runtime([&] {
    if (name == nullptr) return cudaErrorInvalidValue;
    *name = cw::runtime().registry().kernel_name(function);
    return *name != nullptr ? cudaSuccess : cudaErrorInvalidDeviceFunction;
  });
}
