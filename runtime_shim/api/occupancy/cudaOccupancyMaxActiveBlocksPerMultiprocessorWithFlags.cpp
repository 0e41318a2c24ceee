#include "api/entry.hpp"

CW_ENTRY cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, const void* function, int block_size,
                                                                            size_t shared, unsigned flags) {
  if (blocks == nullptr || (flags & ~cudaOccupancyDisableCachingOverride) != 0) return cw::record_error(cudaErrorInvalidValue);
  return cw::on_kernel(function, [&](cw::Kernel& kernel) { return kernel.max_active_blocks(block_size, shared, blocks); });
}
