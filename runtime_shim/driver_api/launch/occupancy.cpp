// How many blocks a processor can have at once.
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

cudaLaunchConfig_t runtime_form(const CUlaunchConfig& from) {
  return cudaLaunchConfig_t{dim3(from.gridDimX, from.gridDimY, from.gridDimZ),
                            dim3(from.blockDimX, from.blockDimY, from.blockDimZ),
                            from.sharedMemBytes,
                            from.hStream,
                            same_layout<cudaLaunchAttribute>(from.attrs),
                            from.numAttrs};
}

// The block size, in whole warps, with the most threads at once; of equal ones the largest.
CUresult best_block(int* grid, int* block, CUfunction function, CUoccupancyB2DSize shared_of, size_t shared, int limit) {
  cudaFuncAttributes attributes;
  int device = 0, processors = 0, best = 0;
  cudaError_t error = cudaFuncGetAttributes(&attributes, stub(function));
  if (error == cudaSuccess) error = cudaGetDevice(&device);
  if (error == cudaSuccess) error = cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, device);
  if (error != cudaSuccess) return result(error);
  const int most = limit > 0 && limit < attributes.maxThreadsPerBlock ? limit : attributes.maxThreadsPerBlock;
  for (int size = (most + 31) / 32 * 32; size > 0; size -= 32) {
    const int threads = size < most ? size : most;
    int blocks = 0;
    const size_t dynamic = shared_of != nullptr ? shared_of(threads) : shared;
    error = cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, stub(function), threads, dynamic);
    if (error != cudaSuccess) return result(error);
    if (blocks * threads <= best) continue;
    best = blocks * threads;
    *block = threads;
    *grid = blocks * processors;
  }
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, CUfunction function, int threads, size_t shared) {
  return in_context([&] { return cudaOccupancyMaxActiveBlocksPerMultiprocessor(blocks, stub(function), threads, shared); });
}

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, CUfunction function, int threads, size_t shared,
                                                              unsigned flags) {
  return in_context(
      [&] { return cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(blocks, stub(function), threads, shared, flags); });
}

CUresult cuOccupancyMaxPotentialBlockSize(int* grid, int* block, CUfunction function, CUoccupancyB2DSize shared_of, size_t shared,
                                          int limit) {
  return cuOccupancyMaxPotentialBlockSizeWithFlags(grid, block, function, shared_of, shared, limit, CU_OCCUPANCY_DEFAULT);
}

CUresult cuOccupancyMaxPotentialBlockSizeWithFlags(int* grid, int* block, CUfunction function, CUoccupancyB2DSize shared_of,
                                                   size_t shared, int limit, unsigned flags) {
  return in_context([&] {
    const bool known_flags = (flags & ~static_cast<unsigned>(CU_OCCUPANCY_DISABLE_CACHING_OVERRIDE)) == 0;
    if (grid == nullptr || block == nullptr || limit < 0 || !known_flags) return CUDA_ERROR_INVALID_VALUE;
    return best_block(grid, block, function, shared_of, shared, limit);
  });
}

CUresult cuOccupancyAvailableDynamicSMemPerBlock(size_t* bytes, CUfunction function, int blocks, int threads) {
  return in_context([&] { return cudaOccupancyAvailableDynamicSMemPerBlock(bytes, stub(function), blocks, threads); });
}

CUresult cuOccupancyMaxPotentialClusterSize(int* size, CUfunction function, const CUlaunchConfig* config) {
  return in_context([&] {
    if (config == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const cudaLaunchConfig_t form = runtime_form(*config);
    return result(cudaOccupancyMaxPotentialClusterSize(size, stub(function), &form));
  });
}

CUresult cuOccupancyMaxActiveClusters(int* clusters, CUfunction function, const CUlaunchConfig* config) {
  return in_context([&] {
    if (config == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const cudaLaunchConfig_t form = runtime_form(*config);
    return result(cudaOccupancyMaxActiveClusters(clusters, stub(function), &form));
  });
}
