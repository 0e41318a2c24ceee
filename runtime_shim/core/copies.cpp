#include "core/copies.hpp"

#include "core/array.hpp"
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

namespace {

// One side of cudaMemcpy3D: pitched memory, or an array, whose positions and widths count elements.
struct Side {
  char* start = nullptr;
  size_t pitch = 0;
  size_t slice = 0;
};

cudaError_t describe_side(cudaArray_t handle, const cudaPitchedPtr& memory, const cudaPos& at, const cudaExtent& box, Side* out) {
  if (handle == nullptr) {
    const size_t slice = memory.pitch * memory.ysize;
    *out = Side{static_cast<char*>(memory.ptr) + at.z * slice + at.y * memory.pitch + at.x, memory.pitch, slice};
    return cudaSuccess;
  }
  const Array* array = find_array(handle);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  const size_t x = at.x * array->element_bytes();
  if (!array->holds(x, at.y, at.z, box.width, box.height, box.depth)) return cudaErrorInvalidValue;
  *out = Side{array->at(x, at.y, at.z), array->pitch, array->pitch * array->rows()};
  return cudaSuccess;
}

}  // namespace

cudaError_t describe_copy_3d(const cudaMemcpy3DParms* p, Copy* out) {
  if (p == nullptr) return cudaErrorInvalidValue;
  const Array* array = p->srcArray != nullptr   ? find_array(p->srcArray)
                       : p->dstArray != nullptr ? find_array(p->dstArray)
                                                : nullptr;
  cudaExtent box = p->extent;
  if (array != nullptr) box.width *= array->element_bytes();
  Side src;
  Side dst;
  cudaError_t error = describe_side(p->srcArray, p->srcPtr, p->srcPos, box, &src);
  if (error == cudaSuccess) error = describe_side(p->dstArray, p->dstPtr, p->dstPos, box, &dst);
  *out = Copy{src.start, src.pitch, src.slice, dst.start, dst.pitch, dst.slice, box.width, box.height, box.depth, p->kind};
  return error;
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
