#include "api/entry.hpp"
#include "core/notifications.hpp"

CW_ENTRY cudaError_t cudaDeviceUnregisterAsyncNotification(int ordinal, cudaAsyncCallbackHandle_t handle) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    const cw::Notification* listener = cw::runtime().notifications().find(handle);
    if (listener == nullptr || listener->device != ordinal) return cudaErrorInvalidValue;
    cw::runtime().notifications().take(handle);
    return cudaSuccess;
  });
}
