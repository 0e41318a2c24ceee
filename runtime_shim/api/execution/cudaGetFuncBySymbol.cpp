#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaGetFuncBySymbol(cudaFunction_t* out, const void* stub) {
  if (out == nullptr) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_kernel(stub, [&](cw::Kernel& kernel) {
    cw::runtime().registry().give_out(&kernel, cw::current_device());
    *out = reinterpret_cast<cudaFunction_t>(&kernel);
    return cudaSuccess;
  });
}
