#include "core/allocation.hpp"

#include "core/capture.hpp"
#include "core/graph_memory.hpp"
#include "core/runtime.hpp"

namespace cw {

cudaError_t allocate_device(Device& device, int ordinal, size_t bytes, void** out) {
  if (out == nullptr) return cudaErrorInvalidValue;
  *out = nullptr;
  if (bytes == 0) return cudaSuccess;
  const cudaError_t capture = captures().unsafe_call();
  if (capture != cudaSuccess) return capture;
  const cudaError_t error = device.allocate(bytes, out);
  if (error == cudaSuccess) runtime().memory().add(*out, bytes, MemoryKind::kDevice, ordinal);
  return error;
}

cudaError_t allocate_host(Device& device, int ordinal, size_t bytes, unsigned flags, void** out) {
  if (out == nullptr) return cudaErrorInvalidValue;
  *out = nullptr;
  if (bytes == 0) return cudaSuccess;
  const cudaError_t error = device.allocate_host(bytes, flags, out);
  if (error == cudaSuccess) runtime().memory().add(*out, bytes, MemoryKind::kHost, ordinal, flags);
  return error;
}

cudaError_t allocate_managed(Device& device, int ordinal, size_t bytes, unsigned flags, void** out) {
  if (out == nullptr || bytes == 0) return cudaErrorInvalidValue;
  const cudaError_t error = device.allocate_managed(bytes, flags, out);
  if (error == cudaSuccess) runtime().memory().add(*out, bytes, MemoryKind::kManaged, ordinal, flags);
  return error;
}

cudaError_t free_device(void* memory) {
  if (memory == nullptr) return cudaSuccess;
  const cudaError_t capture = captures().unsafe_call();
  if (capture != cudaSuccess) return capture;
  cudaError_t graph_error = cudaSuccess;
  if (free_graph_memory(memory, &graph_error)) return graph_error;
  MemoryRange range;
  if (!runtime().memory().remove(memory, MemoryKind::kDevice, MemoryKind::kManaged, &range)) return cudaErrorInvalidValue;
  Device& owner = runtime().device(range.device);
  const cudaError_t finished = owner.synchronize();
  if (range.kind == MemoryKind::kManaged) runtime().advice().forget(range.base, range.base + range.bytes);
  const cudaError_t error = range.kind == MemoryKind::kManaged ? owner.release_managed(memory)
                            : range.pool                       ? range.pool->free_now(memory)
                                                               : owner.release(memory);
  return finished != cudaSuccess ? finished : error;
}

cudaError_t free_host(void* memory) {
  if (memory == nullptr) return cudaSuccess;
  MemoryRange range;
  if (!runtime().memory().remove(memory, MemoryKind::kHost, MemoryKind::kHost, &range)) return cudaErrorInvalidValue;
  Device& owner = runtime().device(range.device);
  const cudaError_t finished = owner.synchronize();
  const cudaError_t error = owner.release_host(memory);
  return finished != cudaSuccess ? finished : error;
}

cudaError_t allocate_in_stream(Stream& stream, const MemoryPool& pool, size_t bytes, void** out) {
  if (out == nullptr || pool.imported) return cudaErrorInvalidValue;
  *out = nullptr;
  if (bytes == 0) return cudaSuccess;
  const cudaError_t error = stream.allocate_from(*pool.pool, bytes, out);
  if (error == cudaSuccess && !stream.capturing())
    runtime().memory().add(*out, bytes, MemoryKind::kDevice, pool.device, 0, pool.pool);
  return error;
}

cudaError_t allocate_in_stream(Stream& stream, size_t bytes, void** out) {
  return allocate_in_stream(stream, *runtime().current_pool(runtime().ordinal_of(stream.device())), bytes, out);
}

cudaError_t free_in_stream(Stream& stream, void* memory) {
  MemoryRange range;
  if (memory == nullptr) return cudaSuccess;
  if (stream.capturing()) return stream.release(memory);
  cudaError_t graph_error = cudaSuccess;
  if (free_graph_memory(memory, &graph_error)) return graph_error;
  if (!runtime().memory().remove(memory, MemoryKind::kDevice, MemoryKind::kDevice, &range)) return cudaErrorInvalidValue;
  return range.pool ? stream.release_to(*range.pool, memory) : stream.release(memory);
}

}  // namespace cw
