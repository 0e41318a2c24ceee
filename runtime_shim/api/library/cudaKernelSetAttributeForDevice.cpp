#include "api/entry.hpp"
#include "core/function_attributes.hpp"

CW_ENTRY cudaError_t cudaKernelSetAttributeForDevice(cudaKernel_t handle, cudaFuncAttribute attribute, int value, int ordinal) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    cw::Kernel* kernel = nullptr;
    const cudaError_t error = cw::runtime().registry().kernel(handle, cw::runtime().device(ordinal), ordinal, &kernel);
    if (error == cudaErrorInvalidDeviceFunction) return cudaErrorInvalidResourceHandle;
    return error != cudaSuccess ? error : cw::set_function_attribute(*kernel, attribute, value);
  });
}
