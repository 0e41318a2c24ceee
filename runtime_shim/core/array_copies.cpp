#include "core/array_copies.hpp"

#include "core/copies.hpp"

namespace cw {
namespace {

Copy box(size_t width, size_t height, cudaMemcpyKind kind) {
  Copy copy{};
  copy.width = width;
  copy.height = height;
  copy.depth = 1;
  copy.kind = kind;
  return copy;
}

size_t row_bytes(const Array& array) { return array.extent.width * array.element_bytes(); }

size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// What is left of the row at `at`, at most `bytes`.
size_t next_part(const Array& array, const ArrayPosition& at, size_t bytes) { return smaller(bytes, row_bytes(array) - at.x); }

bool has_left(const Array& array, const ArrayPosition& at, size_t bytes) {
  const size_t row = row_bytes(array);
  return at.x < row && at.y < array.rows() && bytes <= (array.rows() - at.y) * row - at.x;
}

// Moves on by a part of a row, and from a row's end to the next row's start.
void advance(const Array& array, ArrayPosition* at, size_t bytes) {
  at->x += bytes;
  if (at->x != row_bytes(array)) return;
  at->x = 0;
  ++at->y;
}

}  // namespace

void read_array(Copy* copy, const Array& array, size_t x, size_t y, size_t z) {
  copy->src = array.memory != nullptr ? array.at(x, y, z) : nullptr;
  copy->src_pitch = array.pitch;
  copy->src_slice = array.pitch * array.rows();
  copy->src_array = ArrayPlace{array.native, x, y, z};
}

void write_array(Copy* copy, const Array& array, size_t x, size_t y, size_t z) {
  copy->dst = array.memory != nullptr ? array.at(x, y, z) : nullptr;
  copy->dst_pitch = array.pitch;
  copy->dst_slice = array.pitch * array.rows();
  copy->dst_array = ArrayPlace{array.native, x, y, z};
}

cudaError_t copy_to_array(Stream& stream, cudaArray_t dst, size_t x, size_t y, const void* src, size_t pitch, size_t width,
                          size_t height, cudaMemcpyKind kind, bool now) {
  const Array* array = find_array(dst);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  if (kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyHostToHost) return cudaErrorInvalidMemcpyDirection;
  if (!array->holds(x, y, 0, width, height, 1)) return cudaErrorInvalidValue;
  Copy copy = box(width, height, kind);
  copy.src = src;
  copy.src_pitch = pitch;
  write_array(&copy, *array, x, y, 0);
  return submit_copy(stream, copy, now);
}

cudaError_t copy_from_array(Stream& stream, void* dst, size_t pitch, cudaArray_const_t src, size_t x, size_t y, size_t width,
                            size_t height, cudaMemcpyKind kind, bool now) {
  const Array* array = find_array(src);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  if (kind == cudaMemcpyHostToDevice || kind == cudaMemcpyHostToHost) return cudaErrorInvalidMemcpyDirection;
  if (!array->holds(x, y, 0, width, height, 1)) return cudaErrorInvalidValue;
  Copy copy = box(width, height, kind);
  copy.dst = dst;
  copy.dst_pitch = pitch;
  read_array(&copy, *array, x, y, 0);
  return submit_copy(stream, copy, now);
}

cudaError_t copy_between_arrays(Stream& stream, cudaArray_t dst, ArrayPosition to, cudaArray_const_t src, ArrayPosition from,
                                size_t width, size_t height, cudaMemcpyKind kind, bool now) {
  const Array* target = find_array(dst);
  const Array* source = find_array(src);
  if (target == nullptr || source == nullptr) return cudaErrorInvalidResourceHandle;
  if (kind != cudaMemcpyDeviceToDevice && kind != cudaMemcpyDefault) return cudaErrorInvalidMemcpyDirection;
  if (!target->holds(to.x, to.y, 0, width, height, 1)) return cudaErrorInvalidValue;
  if (!source->holds(from.x, from.y, 0, width, height, 1)) return cudaErrorInvalidValue;
  Copy copy = box(width, height, kind);
  read_array(&copy, *source, from.x, from.y, 0);
  write_array(&copy, *target, to.x, to.y, 0);
  return submit_copy(stream, copy, now);
}

cudaError_t copy_run_to_array(Stream& stream, cudaArray_t dst, ArrayPosition at, const void* src, size_t bytes, cudaMemcpyKind kind,
                              bool now) {
  const Array* array = find_array(dst);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  if (!has_left(*array, at, bytes)) return cudaErrorInvalidValue;
  for (const auto* from = static_cast<const char*>(src); bytes > 0;) {
    const size_t part = next_part(*array, at, bytes);
    const cudaError_t error = copy_to_array(stream, dst, at.x, at.y, from, part, part, 1, kind, now);
    if (error != cudaSuccess) return error;
    advance(*array, &at, part);
    from += part;
    bytes -= part;
  }
  return cudaSuccess;
}

cudaError_t copy_run_from_array(Stream& stream, void* dst, cudaArray_const_t src, ArrayPosition at, size_t bytes,
                                cudaMemcpyKind kind, bool now) {
  const Array* array = find_array(src);
  if (array == nullptr) return cudaErrorInvalidResourceHandle;
  if (!has_left(*array, at, bytes)) return cudaErrorInvalidValue;
  for (auto* to = static_cast<char*>(dst); bytes > 0;) {
    const size_t part = next_part(*array, at, bytes);
    const cudaError_t error = copy_from_array(stream, to, part, src, at.x, at.y, part, 1, kind, now);
    if (error != cudaSuccess) return error;
    advance(*array, &at, part);
    to += part;
    bytes -= part;
  }
  return cudaSuccess;
}

cudaError_t copy_run_between_arrays(Stream& stream, cudaArray_t dst, ArrayPosition to, cudaArray_const_t src, ArrayPosition from,
                                    size_t bytes, cudaMemcpyKind kind, bool now) {
  const Array* target = find_array(dst);
  const Array* source = find_array(src);
  if (target == nullptr || source == nullptr) return cudaErrorInvalidResourceHandle;
  if (!has_left(*target, to, bytes) || !has_left(*source, from, bytes)) return cudaErrorInvalidValue;
  while (bytes > 0) {
    const size_t part = next_part(*target, to, next_part(*source, from, bytes));
    const cudaError_t error = copy_between_arrays(stream, dst, to, src, from, part, 1, kind, now);
    if (error != cudaSuccess) return error;
    advance(*target, &to, part);
    advance(*source, &from, part);
    bytes -= part;
  }
  return cudaSuccess;
}

}  // namespace cw
