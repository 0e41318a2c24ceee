#include "api/entry.hpp"

// Memory of cudaMalloc only: pools and managed memory have ways of their own, or none.
CW_ENTRY cudaError_t cudaIpcGetMemHandle(cudaIpcMemHandle_t* out, void* memory) {
  return cw::on_device([&](cw::Device&, int) {
    cw::MemoryRange range;
    cw::Runtime& runtime = cw::runtime();
    if (out == nullptr || !runtime.memory().find(memory, &range)) return cudaErrorInvalidValue;
    if (range.kind != cw::MemoryKind::kDevice || range.pool) return cudaErrorInvalidValue;
    for (int i = 0; i < runtime.device_count(); ++i) runtime.device(i).synchronize();
    return runtime.device(range.device).share_memory(reinterpret_cast<void*>(range.base), out);
  });
}
