#include "api/entry.hpp"

// Says which stream uses managed memory: nothing here migrates pages, so there is nothing to restrict. `bytes`: 0, or all of it.
CW_ENTRY cudaError_t cudaStreamAttachMemAsync(cudaStream_t handle, void* memory, size_t bytes, unsigned flags) {
  return cw::on_stream(handle, [&](cw::Stream&) {
    const bool known = flags == cudaMemAttachGlobal || flags == cudaMemAttachHost || flags == cudaMemAttachSingle;
    if (!known || (flags == cudaMemAttachSingle && handle == nullptr)) return cudaErrorInvalidValue;
    cw::MemoryRange range;
    if (!cw::runtime().memory().find(memory, &range)) return cudaErrorInvalidValue;
    const bool managed = range.kind == cw::MemoryKind::kManaged || range.kind == cw::MemoryKind::kManagedVariable;
    const bool whole = reinterpret_cast<uintptr_t>(memory) == range.base && (bytes == 0 || bytes == range.bytes);
    return managed && whole ? cudaSuccess : cudaErrorInvalidValue;
  });
}
