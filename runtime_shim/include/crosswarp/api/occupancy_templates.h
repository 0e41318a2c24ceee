// Occupancy in its C++ forms. Part of templates.h.

template <class __T>
CW_INLINE cudaOccupancyMaxActiveBlocksPerMultiprocessor(int* numBlocks, __T func, int blockSize, size_t dynamicSMemSize) {
  return ::cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(numBlocks, (const void*)func, blockSize, dynamicSMemSize,
                                                                  cudaOccupancyDefault);
}
template <class __T>
CW_INLINE cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* numBlocks, __T func, int blockSize, size_t dynamicSMemSize,
                                                                 unsigned int flags) {
  return ::cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(numBlocks, (const void*)func, blockSize, dynamicSMemSize, flags);
}
template <class __T>
CW_INLINE cudaOccupancyAvailableDynamicSMemPerBlock(size_t* dynamicSmemSize, __T* func, int numBlocks, int blockSize) {
  return ::cudaOccupancyAvailableDynamicSMemPerBlock(dynamicSmemSize, (const void*)func, numBlocks, blockSize);
}
template <class __T>
CW_INLINE cudaOccupancyMaxActiveClusters(int* numClusters, __T* func, const cudaLaunchConfig_t* config) {
  return ::cudaOccupancyMaxActiveClusters(numClusters, (const void*)func, config);
}
template <class __T>
CW_INLINE cudaOccupancyMaxPotentialClusterSize(int* clusterSize, __T* func, const cudaLaunchConfig_t* config) {
  return ::cudaOccupancyMaxPotentialClusterSize(clusterSize, (const void*)func, config);
}

// The block size with the most resident threads, largest first; `blockSizeToDynamicSMemSize` gives the shared bytes of a block
// size.
template <class UnaryFunction, class __T>
CW_INLINE cudaOccupancyMaxPotentialBlockSizeVariableSMemWithFlags(int* minGridSize, int* blockSize, __T func,
                                                                  UnaryFunction blockSizeToDynamicSMemSize, int blockSizeLimit = 0,
                                                                  unsigned int flags = 0) {
  if (!minGridSize || !blockSize || !func) return cudaErrorInvalidValue;
  int device = 0, maximum = 0, multiprocessors = 0, warp = 0, resident = 0;
  struct cudaFuncAttributes attributes;
  cudaError_t status = ::cudaGetDevice(&device);
  if (status == cudaSuccess) status = ::cudaDeviceGetAttribute(&maximum, cudaDevAttrMaxThreadsPerBlock, device);
  if (status == cudaSuccess) status = ::cudaDeviceGetAttribute(&resident, cudaDevAttrMaxThreadsPerMultiProcessor, device);
  if (status == cudaSuccess) status = ::cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device);
  if (status == cudaSuccess) status = ::cudaDeviceGetAttribute(&warp, cudaDevAttrWarpSize, device);
  if (status == cudaSuccess) status = ::cudaFuncGetAttributes(&attributes, (const void*)func);
  if (status != cudaSuccess) return status;
  if (attributes.maxThreadsPerBlock < maximum) maximum = attributes.maxThreadsPerBlock;
  if (blockSizeLimit > 0 && blockSizeLimit < maximum) maximum = blockSizeLimit;

  int best_threads = 0;
  for (int rounded = (maximum + warp - 1) / warp * warp; rounded > 0 && best_threads < resident; rounded -= warp) {
    const int size = rounded < maximum ? rounded : maximum;
    int blocks = 0;
    status = ::cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(&blocks, (const void*)func, size,
                                                                      blockSizeToDynamicSMemSize(size), flags);
    if (status != cudaSuccess) return status;
    if (blocks * size > best_threads) {
      best_threads = blocks * size;
      *blockSize = size;
      *minGridSize = blocks * multiprocessors;
    }
  }
  return best_threads > 0 ? cudaSuccess : cudaErrorInvalidConfiguration;
}
template <class UnaryFunction, class __T>
CW_INLINE cudaOccupancyMaxPotentialBlockSizeVariableSMem(int* minGridSize, int* blockSize, __T func,
                                                         UnaryFunction blockSizeToDynamicSMemSize, int blockSizeLimit = 0) {
  return cudaOccupancyMaxPotentialBlockSizeVariableSMemWithFlags(minGridSize, blockSize, func, blockSizeToDynamicSMemSize,
                                                                 blockSizeLimit, cudaOccupancyDefault);
}
namespace __cw {
struct constant_shared_bytes {
  size_t bytes;
  size_t operator()(int) const { return bytes; }
};
}  // namespace __cw
template <class __T>
CW_INLINE cudaOccupancyMaxPotentialBlockSizeWithFlags(int* minGridSize, int* blockSize, __T func, size_t dynamicSMemSize = 0,
                                                      int blockSizeLimit = 0, unsigned int flags = 0) {
  const __cw::constant_shared_bytes shared = {dynamicSMemSize};
  return cudaOccupancyMaxPotentialBlockSizeVariableSMemWithFlags(minGridSize, blockSize, func, shared, blockSizeLimit, flags);
}
template <class __T>
CW_INLINE cudaOccupancyMaxPotentialBlockSize(int* minGridSize, int* blockSize, __T func, size_t dynamicSMemSize = 0,
                                             int blockSizeLimit = 0) {
  return cudaOccupancyMaxPotentialBlockSizeWithFlags(minGridSize, blockSize, func, dynamicSMemSize, blockSizeLimit,
                                                     cudaOccupancyDefault);
}
