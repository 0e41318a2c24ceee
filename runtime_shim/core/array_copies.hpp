// Copies to, from and between arrays.
#pragma once

#include "core/array.hpp"

namespace cw {

// Boxes of `width` bytes and `height` rows; offsets are bytes and rows. cudaErrorInvalidResourceHandle for a stale array,
// cudaErrorInvalidValue for a box that leaves it. `now`: finished on return.
cudaError_t copy_to_array(Stream& stream, cudaArray_t dst, size_t x, size_t y, const void* src, size_t pitch, size_t width,
                          size_t height, cudaMemcpyKind kind, bool now);
cudaError_t copy_from_array(Stream& stream, void* dst, size_t pitch, cudaArray_const_t src, size_t x, size_t y, size_t width,
                            size_t height, cudaMemcpyKind kind, bool now);

struct ArrayPosition {
  size_t x;  // bytes
  size_t y;
};
cudaError_t copy_between_arrays(Stream& stream, cudaArray_t dst, ArrayPosition to, cudaArray_const_t src, ArrayPosition from,
                                size_t width, size_t height, cudaMemcpyKind kind, bool now);

// One run of bytes that fills, or is taken from, row after row (cudaMemcpyToArray and its kin).
cudaError_t copy_run_to_array(Stream& stream, cudaArray_t dst, ArrayPosition at, const void* src, size_t bytes, cudaMemcpyKind kind,
                              bool now);
cudaError_t copy_run_from_array(Stream& stream, void* dst, cudaArray_const_t src, ArrayPosition at, size_t bytes,
                                cudaMemcpyKind kind, bool now);
cudaError_t copy_run_between_arrays(Stream& stream, cudaArray_t dst, ArrayPosition to, cudaArray_const_t src, ArrayPosition from,
                                    size_t bytes, cudaMemcpyKind kind, bool now);

// Makes an array the source or the target of a copy.
void read_array(Copy* copy, const Array& array, size_t x, size_t y, size_t z);
void write_array(Copy* copy, const Array& array, size_t x, size_t y, size_t z);

}  // namespace cw
