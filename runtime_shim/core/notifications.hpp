// Listeners for messages from a device (cudaDeviceRegisterAsyncNotification). The one message that CUDA has says that a process is
// over its budget of device memory, which only a hypervisor sets: it never comes here.
#pragma once

#include "devices/device.hpp"

namespace cw {

struct Notification : Allocated {
  cudaAsyncCallback function;
  void* data;
  int device;
};

}  // namespace cw
