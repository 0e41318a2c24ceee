#include "core/copies.hpp"

#include "core/runtime.hpp"

namespace cw {
namespace {

// Bytes from the first to the last touched one.
size_t span(size_t width, size_t height, size_t depth, size_t pitch, size_t slice) {
  return (depth - 1) * slice + (height - 1) * pitch + width;
}

bool known(const void* memory, size_t bytes) { return runtime().memory().covers(memory, bytes); }

// Host memory may be anything the program has; but where it starts in memory we know, it must stay inside.
bool plausible(const void* memory, size_t bytes) {
  MemoryRange range;
  return memory != nullptr && (!runtime().memory().find(memory, &range) || known(memory, bytes));
}

bool is_empty(size_t width, size_t height, size_t depth) { return width == 0 || height == 0 || depth == 0; }

}  // namespace

cudaError_t check_copy(Device& device, const Copy& c) {
  if (c.kind < cudaMemcpyHostToHost || c.kind > cudaMemcpyDefault) return cudaErrorInvalidMemcpyDirection;
  if (is_empty(c.width, c.height, c.depth)) return cudaSuccess;
  if (c.height > 1 && (c.width > c.src_pitch || c.width > c.dst_pitch)) return cudaErrorInvalidPitchValue;
  if (!device.checks_pointers()) return cudaSuccess;
  const size_t src_bytes = span(c.width, c.height, c.depth, c.src_pitch, c.src_slice);
  const size_t dst_bytes = span(c.width, c.height, c.depth, c.dst_pitch, c.dst_slice);
  const bool src_on_device = c.kind == cudaMemcpyDeviceToHost || c.kind == cudaMemcpyDeviceToDevice;
  const bool dst_on_device = c.kind == cudaMemcpyHostToDevice || c.kind == cudaMemcpyDeviceToDevice;
  const bool src_good = src_on_device ? known(c.src, src_bytes) : plausible(c.src, src_bytes);
  const bool dst_good = dst_on_device ? known(c.dst, dst_bytes) : plausible(c.dst, dst_bytes);
  return src_good && dst_good ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t check_fill(Device& device, const Fill& f) {
  if (is_empty(f.width, f.height, f.depth)) return cudaSuccess;
  const size_t width = f.width * f.value_bytes;
  if (f.height > 1 && width > f.pitch) return cudaErrorInvalidPitchValue;
  if (!device.checks_pointers()) return cudaSuccess;
  return known(f.dst, span(width, f.height, f.depth, f.pitch, f.slice)) ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t submit_copy(Stream& stream, const Copy& copy, bool now) {
  const cudaError_t error = check_copy(stream.device(), copy);
  if (error != cudaSuccess) return error;
  if (is_empty(copy.width, copy.height, copy.depth)) return now ? stream.synchronize() : cudaSuccess;
  return now ? stream.copy_now(copy) : stream.copy(copy);
}

cudaError_t submit_fill(Stream& stream, const Fill& fill, bool now) {
  const cudaError_t error = check_fill(stream.device(), fill);
  if (error != cudaSuccess || is_empty(fill.width, fill.height, fill.depth)) return error;
  return now ? stream.fill_now(fill) : stream.fill(fill);
}

cudaError_t describe_copy_3d(const cudaMemcpy3DParms* p, Copy* out) {
  if (p == nullptr) return cudaErrorInvalidValue;
  if (p->srcArray != nullptr || p->dstArray != nullptr) return cudaErrorNotSupported;
  const size_t src_slice = p->srcPtr.pitch * p->srcPtr.ysize;
  const size_t dst_slice = p->dstPtr.pitch * p->dstPtr.ysize;
  const char* src = static_cast<const char*>(p->srcPtr.ptr) + p->srcPos.z * src_slice + p->srcPos.y * p->srcPtr.pitch + p->srcPos.x;
  char* dst = static_cast<char*>(p->dstPtr.ptr) + p->dstPos.z * dst_slice + p->dstPos.y * p->dstPtr.pitch + p->dstPos.x;
  *out =
      Copy{src,    p->srcPtr.pitch, src_slice, dst, p->dstPtr.pitch, dst_slice, p->extent.width, p->extent.height, p->extent.depth,
           p->kind};
  return cudaSuccess;
}

cudaError_t submit_copy_3d(Stream& stream, const cudaMemcpy3DParms* parameters, bool now) {
  Copy copy;
  const cudaError_t error = describe_copy_3d(parameters, &copy);
  return error != cudaSuccess ? error : submit_copy(stream, copy, now);
}

}  // namespace cw
