// Kernels: of a library, the same handle in every context.
#include "driver_api/context/contexts.hpp"
#include "driver_api/module/function_attributes.hpp"

using namespace cw::driver;

namespace {

// Runs `body` with the runtime on a device, whatever context is current.
template <typename Body>
CUresult on_the_device(CUdevice device, Body body) {
  if (!is_initialized()) return CUDA_ERROR_NOT_INITIALIZED;
  Context* context = primary_context(device);
  return context != nullptr ? in_other_context(handle_of(context), body) : CUDA_ERROR_INVALID_DEVICE;
}

}  // namespace

CUresult cuKernelGetFunction(CUfunction* out, CUkernel kernel) {
  return in_context([&] { return cudaGetFuncBySymbol(out, kernel); });
}

CUresult cuKernelGetLibrary(CUlibrary* out, CUkernel kernel) {
  return when_initialized(
      [&] { return internal().modules.library_of_kernel(kernel, const_cast<const void**>(reinterpret_cast<void**>(out))); });
}

CUresult cuKernelGetName(const char** name, CUkernel kernel) {
  return when_initialized([&] { return cudaFuncGetName(name, kernel); });
}

CUresult cuKernelGetParamInfo(CUkernel kernel, size_t index, size_t* offset, size_t* bytes) {
  return when_initialized([&] { return cudaFuncGetParamInfo(kernel, index, offset, bytes); });
}

CUresult cuKernelGetAttribute(int* value, CUfunction_attribute attribute, CUkernel kernel, CUdevice device) {
  return on_the_device(device, [&] { return function_attribute(value, attribute, kernel); });
}

CUresult cuKernelSetAttribute(CUfunction_attribute attribute, int value, CUkernel kernel, CUdevice device) {
  return on_the_device(device, [&] { return cudaFuncSetAttribute(kernel, static_cast<cudaFuncAttribute>(attribute), value); });
}

CUresult cuKernelSetCacheConfig(CUkernel kernel, CUfunc_cache config, CUdevice device) {
  return on_the_device(device, [&] { return cudaFuncSetCacheConfig(kernel, static_cast<cudaFuncCache>(config)); });
}
