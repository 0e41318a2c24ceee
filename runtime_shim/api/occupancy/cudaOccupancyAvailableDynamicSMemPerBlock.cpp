#include "api/entry.hpp"

// What remains of a multiprocessor's shared memory when `blocks` blocks share it.
CW_ENTRY cudaError_t cudaOccupancyAvailableDynamicSMemPerBlock(size_t* bytes, const void* function, int blocks, int threads) {
  return cw::on_kernel(function, [&](cw::Kernel& kernel) {
    if (bytes == nullptr || blocks <= 0) return cudaErrorInvalidValue;
    const cudaDeviceProp* properties = nullptr;
    cudaFuncAttributes attributes;
    cudaError_t error = cw::runtime().properties(cw::current_device(), &properties);
    if (error == cudaSuccess) error = kernel.attributes(&attributes);
    if (error != cudaSuccess) return error;
    if (threads <= 0 || threads > properties->maxThreadsPerBlock) return cudaErrorInvalidValue;
    const int most_blocks = properties->maxBlocksPerMultiProcessor;  // 0 where the vendor's library does not say
    if (most_blocks != 0 && blocks > most_blocks) return cudaErrorInvalidValue;
    const size_t share = properties->sharedMemPerMultiprocessor / static_cast<size_t>(blocks);
    const size_t taken = attributes.sharedSizeBytes + properties->reservedSharedMemPerBlock;
    const size_t most = static_cast<size_t>(attributes.maxDynamicSharedSizeBytes);
    const size_t left = share > taken ? share - taken : 0;
    *bytes = left < most ? left : most;
    return cudaSuccess;
  });
}
