#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaIpcCloseMemHandle(void* memory) {
  return cw::on_device([&](cw::Device&, int) { return cw::runtime().shared_memory().close(memory); });
}
