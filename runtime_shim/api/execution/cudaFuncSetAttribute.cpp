#include "api/entry.hpp"
#include "core/function_attributes.hpp"

CW_ENTRY cudaError_t cudaFuncSetAttribute(const void* function, cudaFuncAttribute attribute, int value) {
  return cw::on_kernel(function, [&](cw::Kernel& kernel) { return cw::set_function_attribute(kernel, attribute, value); });
}
