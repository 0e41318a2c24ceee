// Lists of copies and prefetches that one call makes (cudaMemcpyBatchAsync and its relatives).
#pragma once

#include "devices/device.hpp"

namespace cw {

// Attributes belong to runs of operations: attribute i from operation first[i] up to first[i + 1]. cudaErrorInvalidValue for runs
// that do not start at 0, do not rise, or are more than the operations.
cudaError_t check_runs(const size_t* first, size_t runs, size_t operations);

// `failed` (may be null): the operation that was wrong, SIZE_MAX where none was alone.
cudaError_t submit_copies(Stream& stream, void* const* dst, const void* const* src, const size_t* bytes, size_t count,
                          const cudaMemcpyAttributes* attributes, const size_t* first, size_t runs, size_t* failed);
cudaError_t submit_copies_3d(Stream& stream, size_t count, const cudaMemcpy3DBatchOp* list, unsigned long long flags,
                             size_t* failed);
cudaError_t submit_prefetches(Stream& stream, void* const* memory, const size_t* bytes, size_t count,
                              const cudaMemLocation* locations, const size_t* first, size_t runs, unsigned long long flags);
// The contents of managed memory need not be kept any more. Checked only: they stay as they are.
cudaError_t check_discards(void* const* memory, const size_t* bytes, size_t count, unsigned long long flags);

}  // namespace cw
