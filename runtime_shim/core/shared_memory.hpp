// Device memory of other processes that this one has opened (cudaIpcOpenMemHandle).
#pragma once

#include "core/sync.hpp"
#include "devices/device.hpp"

namespace cw {

class SharedMemory {
 public:
  // The same address for each further opening of a handle; it is mapped until it was closed as often.
  cudaError_t open(Device& device, int ordinal, const cudaIpcMemHandle_t& handle, unsigned flags, void** out);
  // cudaErrorInvalidValue for memory that is not open.
  cudaError_t close(void* memory);
  // Closes everything that was opened on a device.
  void forget(int ordinal);

 private:
  struct Opened {
    cudaIpcMemHandle_t handle;
    void* memory;
    size_t bytes;
    int ordinal;
    int count;
  };
  cudaError_t unmap(size_t index);

  Mutex mutex_;
  Vector<Opened> opened_;
};

}  // namespace cw
