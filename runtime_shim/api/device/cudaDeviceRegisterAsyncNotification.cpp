#include "api/entry.hpp"
#include "core/notifications.hpp"

CW_ENTRY cudaError_t cudaDeviceRegisterAsyncNotification(int ordinal, cudaAsyncCallback function, void* data,
                                                         cudaAsyncCallbackHandle_t* out) {
  return cw::on_runtime([&] {
    if (!cw::is_device(ordinal)) return cudaErrorInvalidDevice;
    if (function == nullptr || out == nullptr) return cudaErrorInvalidValue;
    cw::Owned<cw::Notification> listener(new cw::Notification);
    *listener = cw::Notification{{}, function, data, ordinal};
    auto& all = cw::runtime().notifications();
    *out = reinterpret_cast<cudaAsyncCallbackHandle_t>(all.add(static_cast<cw::Owned<cw::Notification>&&>(listener), ordinal));
    return cudaSuccess;
  });
}
