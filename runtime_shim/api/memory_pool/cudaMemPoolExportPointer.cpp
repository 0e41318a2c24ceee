#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaMemPoolExportPointer(cudaMemPoolPtrExportData* data, void* memory) {
  return cw::on_runtime([&] {
    cw::MemoryRange range;
    if (data == nullptr || !cw::runtime().memory().find(memory, &range) || !range.pool) return cudaErrorInvalidValue;
    return range.pool->export_pointer(reinterpret_cast<void*>(range.base), data);
  });
}
