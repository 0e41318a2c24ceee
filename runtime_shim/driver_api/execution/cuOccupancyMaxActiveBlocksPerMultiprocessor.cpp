#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, CUfunction function, int block_size, size_t shared) {
  return in_context([&] { return internal().kernel_max_active_blocks(kernel_of(function), block_size, shared, blocks); });
}
