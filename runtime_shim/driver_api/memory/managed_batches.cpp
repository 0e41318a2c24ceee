// Moving and giving up many ranges of managed memory in one call.
#include "driver_api/stream/batch_streams.hpp"

using namespace cw::driver;

namespace {

// Each location holds from its index on.
bool are_locations(const CUmemLocation* locations, const size_t* first, size_t number, size_t count) {
  if (locations == nullptr || first == nullptr || number == 0 || number > count || first[0] != 0) return false;
  for (size_t i = 1; i < number; ++i) {
    if (first[i] <= first[i - 1] || first[i] >= count) return false;
  }
  return true;
}

CUresult check_managed(CUdeviceptr memory, size_t bytes) {
  cudaPointerAttributes known;
  cw::InternalRange range;
  const bool found = bytes > 0 && internal().memory.range(pointer(memory), &range);
  if (!found || memory - range.base > range.bytes || bytes > range.bytes - (memory - range.base)) return CUDA_ERROR_INVALID_VALUE;
  const CUresult error = result(cudaPointerGetAttributes(&known, pointer(memory)));
  return error == CUDA_SUCCESS && known.type != cudaMemoryTypeManaged ? CUDA_ERROR_INVALID_VALUE : error;
}

CUresult check_lists(const CUdeviceptr* memory, const size_t* sizes, size_t count, unsigned long long flags, CUstream stream) {
  if (memory == nullptr || sizes == nullptr || count == 0 || flags != 0 || !takes_batches(stream)) return CUDA_ERROR_INVALID_VALUE;
  for (size_t i = 0; i < count; ++i) {
    const CUresult error = check_managed(memory[i], sizes[i]);
    if (error != CUDA_SUCCESS) return error;
  }
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuMemPrefetchBatchAsync(CUdeviceptr* memory, size_t* sizes, size_t count, CUmemLocation* locations, size_t* first,
                                 size_t number, unsigned long long flags, CUstream stream) {
  return in_context([&] {
    CUresult error = check_lists(memory, sizes, count, flags, stream);
    if (error == CUDA_SUCCESS && !are_locations(locations, first, number, count)) error = CUDA_ERROR_INVALID_VALUE;
    size_t at = 0;
    for (size_t i = 0; error == CUDA_SUCCESS && i < count; ++i) {
      while (at + 1 < number && first[at + 1] <= i) ++at;
      error = cuMemPrefetchAsync_v2(memory[i], sizes[i], locations[at], 0, stream);
    }
    return error;
  });
}

// What is given up may have any value: it keeps the one it has.
CUresult cuMemDiscardBatchAsync(CUdeviceptr* memory, size_t* sizes, size_t count, unsigned long long flags, CUstream stream) {
  return in_context([&] { return check_lists(memory, sizes, count, flags, stream); });
}

CUresult cuMemDiscardAndPrefetchBatchAsync(CUdeviceptr* memory, size_t* sizes, size_t count, CUmemLocation* locations,
                                           size_t* first, size_t number, unsigned long long flags, CUstream stream) {
  return cuMemPrefetchBatchAsync(memory, sizes, count, locations, first, number, flags, stream);
}
