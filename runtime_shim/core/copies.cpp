#include "core/copies.hpp"

#include <cstdlib>
#include <cstring>

#include "core/array_copies.hpp"
#include "core/runtime.hpp"
#include "core/sizes.hpp"

namespace cw {
namespace {

// Bytes from the first to the last touched one.
size_t span(size_t width, size_t height, size_t depth, size_t pitch, size_t slice) {
  return plus(plus(times(depth - 1, slice), times(height - 1, pitch)), width);
}

bool known(const void* memory, size_t bytes) { return runtime().memory().covers(memory, bytes); }

// Host memory may be anything the program has; but where it starts in memory we know, it must stay inside.
bool plausible(const void* memory, size_t bytes) {
  MemoryRange range;
  return memory != nullptr && (!runtime().memory().find(memory, &range) || known(memory, bytes));
}

// Mapped memory (core/virtual_memory.hpp) may be for reading only: a write by the host would be a fault.
bool may_write(const void* memory, size_t bytes) {
  const uintptr_t start = reinterpret_cast<uintptr_t>(memory);
  uintptr_t at = start;
  MemoryRange range;
  while (at - start < bytes && runtime().memory().find(reinterpret_cast<const void*>(at), &range)) {
    if (range.kind != MemoryKind::kMapped) return true;
    if ((range.flags & cudaMemAccessFlagsProtReadWrite) != cudaMemAccessFlagsProtReadWrite) return false;
    at = range.base + range.bytes;
  }
  return true;
}

// Pitches far above every device's largest. A plain copy has its width for one.
bool is_mistaken(size_t pitch, size_t width) { return pitch > size_t{1} << 38 && pitch != width; }

bool is_empty(size_t width, size_t height, size_t depth) { return width == 0 || height == 0 || depth == 0; }

}  // namespace

cudaError_t check_copy(Device& device, const Copy& c) {
  if (c.kind < cudaMemcpyHostToHost || c.kind > cudaMemcpyDefault) return cudaErrorInvalidMemcpyDirection;
  if (is_empty(c.width, c.height, c.depth)) return cudaSuccess;
  if (c.height > 1 && (c.width > c.src_pitch || c.width > c.dst_pitch)) return cudaErrorInvalidPitchValue;
  if (is_mistaken(c.src_pitch, c.width) || is_mistaken(c.dst_pitch, c.width)) return cudaErrorInvalidPitchValue;
  if (!device.checks_pointers()) return cudaSuccess;
  const size_t src_bytes = span(c.width, c.height, c.depth, c.src_pitch, c.src_slice);
  const size_t dst_bytes = span(c.width, c.height, c.depth, c.dst_pitch, c.dst_slice);
  const bool src_on_device = c.kind == cudaMemcpyDeviceToHost || c.kind == cudaMemcpyDeviceToDevice;
  const bool dst_on_device = c.kind == cudaMemcpyHostToDevice || c.kind == cudaMemcpyDeviceToDevice;
  const bool src_good = c.src_array.array != nullptr || (src_on_device ? known(c.src, src_bytes) : plausible(c.src, src_bytes));
  const bool dst_good = c.dst_array.array != nullptr || (dst_on_device ? known(c.dst, dst_bytes) : plausible(c.dst, dst_bytes));
  const bool writable = c.dst_array.array != nullptr || may_write(c.dst, dst_bytes);
  return src_good && dst_good && writable ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t check_fill(Device& device, const Fill& f) {
  if (is_empty(f.width, f.height, f.depth)) return cudaSuccess;
  const size_t width = times(f.width, f.value_bytes);
  if ((f.height > 1 && width > f.pitch) || is_mistaken(f.pitch, width)) return cudaErrorInvalidPitchValue;
  if (!device.checks_pointers()) return cudaSuccess;
  const size_t bytes = span(width, f.height, f.depth, f.pitch, f.slice);
  return known(f.dst, bytes) && may_write(f.dst, bytes) ? cudaSuccess : cudaErrorInvalidValue;
}

namespace {

constexpr size_t kStaged = 64 * 1024;

bool is_pageable(const void* memory, const ArrayPlace& side) {
  MemoryRange range;
  return side.array == nullptr && !runtime().memory().find(memory, &range);
}

// The source is the program's again on return: the stream copies from a copy.
cudaError_t copy_staged(Stream& stream, const Copy& copy) {
  void* staged = must_allocate(copy.width);
  std::memcpy(staged, copy.src, copy.width);
  Copy job = copy;
  job.src = staged;
  const cudaError_t error = stream.copy(job);
  if (error == cudaSuccess) return stream.call([](void* memory) { std::free(memory); }, staged);
  std::free(staged);
  return error;
}

// As CUDA has it ("API synchronization behavior"): an asynchronous copy to pageable host memory is done on return, and after one
// from there the program may change that memory. GPUs' own libraries see to it.
cudaError_t copy_later(Stream& stream, const Copy& copy) {
  if (!stream.device().checks_pointers() || stream.capturing()) return stream.copy(copy);
  if (is_pageable(copy.dst, copy.dst_array)) return stream.copy_now(copy);
  if (!is_pageable(copy.src, copy.src_array)) return stream.copy(copy);
  return copy.is_plain() && copy.width <= kStaged ? copy_staged(stream, copy) : stream.copy_now(copy);
}

}  // namespace

cudaError_t submit_copy(Stream& stream, const Copy& copy, bool now) {
  const cudaError_t error = check_copy(stream.device(), copy);
  if (error != cudaSuccess) return error;
  if (is_empty(copy.width, copy.height, copy.depth)) return now ? stream.synchronize() : cudaSuccess;
  return now ? stream.copy_now(copy) : copy_later(stream, copy);
}

cudaError_t submit_fill(Stream& stream, const Fill& fill, bool now) {
  const cudaError_t error = check_fill(stream.device(), fill);
  if (error != cudaSuccess || is_empty(fill.width, fill.height, fill.depth)) return error;
  return now ? stream.fill_now(fill) : stream.fill(fill);
}

namespace {

// The sides of cudaMemcpy3D: pitched memory, whose positions count bytes, or an array, whose positions count elements.
cudaError_t describe_source(const cudaMemcpy3DParms& p, Copy* out) {
  if (p.srcArray == nullptr) {
    out->src_pitch = p.srcPtr.pitch;
    out->src_slice = p.srcPtr.pitch * p.srcPtr.ysize;
    out->src = static_cast<char*>(p.srcPtr.ptr) + p.srcPos.z * out->src_slice + p.srcPos.y * p.srcPtr.pitch + p.srcPos.x;
    return cudaSuccess;
  }
  const Array* array = find_array(p.srcArray);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  const size_t x = p.srcPos.x * array->element_bytes();
  if (!array->holds(x, p.srcPos.y, p.srcPos.z, out->width, out->height, out->depth)) return cudaErrorInvalidValue;
  read_array(out, *array, x, p.srcPos.y, p.srcPos.z);
  return cudaSuccess;
}

cudaError_t describe_target(const cudaMemcpy3DParms& p, Copy* out) {
  if (p.dstArray == nullptr) {
    out->dst_pitch = p.dstPtr.pitch;
    out->dst_slice = p.dstPtr.pitch * p.dstPtr.ysize;
    out->dst = static_cast<char*>(p.dstPtr.ptr) + p.dstPos.z * out->dst_slice + p.dstPos.y * p.dstPtr.pitch + p.dstPos.x;
    return cudaSuccess;
  }
  const Array* array = find_array(p.dstArray);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  const size_t x = p.dstPos.x * array->element_bytes();
  if (!array->holds(x, p.dstPos.y, p.dstPos.z, out->width, out->height, out->depth)) return cudaErrorInvalidValue;
  write_array(out, *array, x, p.dstPos.y, p.dstPos.z);
  return cudaSuccess;
}

}  // namespace

cudaError_t describe_copy_3d(const cudaMemcpy3DParms* p, Copy* out) {
  if (p == nullptr) return cudaErrorInvalidValue;
  const Array* source = p->srcArray != nullptr ? find_array(p->srcArray) : nullptr;
  const Array* target = p->dstArray != nullptr ? find_array(p->dstArray) : nullptr;
  if (source != nullptr && target != nullptr && source->element_bytes() != target->element_bytes()) return cudaErrorInvalidValue;
  const Array* array = source != nullptr ? source : target;
  *out = Copy{};
  out->width = p->extent.width * (array != nullptr ? array->element_bytes() : 1);
  out->height = p->extent.height;
  out->depth = p->extent.depth;
  out->kind = p->kind;
  const cudaError_t error = describe_source(*p, out);
  return error != cudaSuccess ? error : describe_target(*p, out);
}

cudaError_t submit_copy_3d(Stream& stream, const cudaMemcpy3DParms* parameters, bool now) {
  Copy copy;
  const cudaError_t error = describe_copy_3d(parameters, &copy);
  return error != cudaSuccess ? error : submit_copy(stream, copy, now);
}

namespace {

// A copy between devices that returns when it is done comes after the pending work of both (their default streams).
cudaError_t settle_devices(int one, int other) {
  const cudaError_t first = runtime().device(one).legacy_stream().synchronize();
  return first != cudaSuccess || one == other ? first : runtime().device(other).legacy_stream().synchronize();
}

bool exist(int one, int other) {
  const int count = runtime().device_count();
  return one >= 0 && one < count && other >= 0 && other < count;
}

}  // namespace

cudaError_t submit_copy_peer(Stream& stream, void* dst, int dst_device, const void* src, int src_device, size_t bytes, bool now) {
  if (!exist(dst_device, src_device)) return cudaErrorInvalidDevice;
  const cudaError_t settled = now ? settle_devices(src_device, dst_device) : cudaSuccess;
  return settled != cudaSuccess ? settled : submit_copy(stream, Copy::plain(dst, src, bytes, cudaMemcpyDeviceToDevice), now);
}

cudaError_t submit_copy_3d_peer(Stream& stream, const cudaMemcpy3DPeerParms* p, bool now) {
  if (p == nullptr) return cudaErrorInvalidValue;
  if (!exist(p->dstDevice, p->srcDevice)) return cudaErrorInvalidDevice;
  const cudaMemcpy3DParms plain = {p->srcArray, p->srcPos, p->srcPtr, p->dstArray,
                                   p->dstPos,   p->dstPtr, p->extent, cudaMemcpyDeviceToDevice};
  const cudaError_t settled = now ? settle_devices(p->srcDevice, p->dstDevice) : cudaSuccess;
  return settled != cudaSuccess ? settled : submit_copy_3d(stream, &plain, now);
}

}  // namespace cw
