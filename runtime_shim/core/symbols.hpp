// Copies to and from __device__, __constant__ and __managed__ variables, which the host names by its shadow's address.
#pragma once

#include "devices/device.hpp"

namespace cw {

// cudaErrorInvalidSymbol; cudaErrorInvalidValue for a range outside the variable; cudaErrorInvalidMemcpyDirection.
cudaError_t copy_to_symbol(Stream& stream, const void* symbol, const void* src, size_t bytes, size_t offset, cudaMemcpyKind kind,
                           bool now);
cudaError_t copy_from_symbol(Stream& stream, void* dst, const void* symbol, size_t bytes, size_t offset, cudaMemcpyKind kind,
                             bool now);
// The same, not made.
cudaError_t describe_copy_to_symbol(Device& device, const void* symbol, const void* src, size_t bytes, size_t offset,
                                    cudaMemcpyKind kind, Copy* out);
cudaError_t describe_copy_from_symbol(Device& device, void* dst, const void* symbol, size_t bytes, size_t offset,
                                      cudaMemcpyKind kind, Copy* out);

}  // namespace cw
