#include "core/symbols.hpp"

#include "core/copies.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

cudaError_t locate(Device& device, const void* symbol, size_t bytes, size_t offset, char** out) {
  void* address = nullptr;
  size_t size = 0;
  const cudaError_t error = runtime().registry().variable(symbol, device, runtime().ordinal_of(device), &address, &size);
  if (error != cudaSuccess) return error;
  if (offset > size || bytes > size - offset) return cudaErrorInvalidValue;
  *out = static_cast<char*>(address) + offset;
  return cudaSuccess;
}

}  // namespace

cudaError_t describe_copy_to_symbol(Device& device, const void* symbol, const void* src, size_t bytes, size_t offset,
                                    cudaMemcpyKind kind, Copy* out) {
  if (kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyHostToHost) return cudaErrorInvalidMemcpyDirection;
  char* dst = nullptr;
  const cudaError_t error = locate(device, symbol, bytes, offset, &dst);
  *out = Copy::plain(dst, src, bytes, kind);
  return error;
}

cudaError_t describe_copy_from_symbol(Device& device, void* dst, const void* symbol, size_t bytes, size_t offset,
                                      cudaMemcpyKind kind, Copy* out) {
  if (kind == cudaMemcpyHostToDevice || kind == cudaMemcpyHostToHost) return cudaErrorInvalidMemcpyDirection;
  char* src = nullptr;
  const cudaError_t error = locate(device, symbol, bytes, offset, &src);
  *out = Copy::plain(dst, src, bytes, kind);
  return error;
}

cudaError_t copy_to_symbol(Stream& stream, const void* symbol, const void* src, size_t bytes, size_t offset, cudaMemcpyKind kind,
                           bool now) {
  Copy copy;
  const cudaError_t error = describe_copy_to_symbol(stream.device(), symbol, src, bytes, offset, kind, &copy);
  return error != cudaSuccess ? error : submit_copy(stream, copy, now);
}

cudaError_t copy_from_symbol(Stream& stream, void* dst, const void* symbol, size_t bytes, size_t offset, cudaMemcpyKind kind,
                             bool now) {
  Copy copy;
  const cudaError_t error = describe_copy_from_symbol(stream.device(), dst, symbol, bytes, offset, kind, &copy);
  return error != cudaSuccess ? error : submit_copy(stream, copy, now);
}

}  // namespace cw
