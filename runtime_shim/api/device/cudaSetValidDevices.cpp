#include "api/entry.hpp"

// Every device here works, so the first of the list is what threads that choose none get; an empty list means device 0.
CW_ENTRY cudaError_t cudaSetValidDevices(int* devices, int count) {
  return cw::on_runtime([&] {
    if (count < 0 || count > cw::runtime().device_count() || (count != 0 && devices == nullptr)) return cudaErrorInvalidValue;
    for (int i = 0; i < count; ++i) {
      if (!cw::is_device(devices[i])) return cudaErrorInvalidDevice;
    }
    cw::set_default_device(count != 0 ? devices[0] : 0);
    return cudaSuccess;
  });
}
