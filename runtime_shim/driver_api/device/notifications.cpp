// Callbacks about a device that is short of memory.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuDeviceRegisterAsyncNotification(CUdevice device, CUasyncCallback function, void* data, CUasyncCallbackHandle* out) {
  return when_initialized([&] {
    return cudaDeviceRegisterAsyncNotification(device, reinterpret_cast<cudaAsyncCallback>(function), data,
                                               reinterpret_cast<cudaAsyncCallbackHandle_t*>(out));
  });
}

CUresult cuDeviceUnregisterAsyncNotification(CUdevice device, CUasyncCallbackHandle callback) {
  return when_initialized(
      [&] { return cudaDeviceUnregisterAsyncNotification(device, reinterpret_cast<cudaAsyncCallbackHandle_t>(callback)); });
}
