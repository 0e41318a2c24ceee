// Warp-level programming: 32 lanes that exchange registers.
//
// Teaches: __shfl_up_sync (scan), __shfl_down_sync (reduction), __shfl_sync (broadcast), __ballot_sync and __popc
// (compaction without shared memory), __any_sync and __all_sync, masks of the lanes that take part, and one
// atomicAdd per warp instead of one per thread.
//
// Build: nvcc warp_shuffle.cu -o warp_shuffle

#include <algorithm>
#include <vector>

#include "../common/check.h"

constexpr unsigned ALL_LANES = 0xffffffffu;

// Inclusive sum over the lanes up to this one.
__device__ int warp_scan(int value) {
  const int lane = threadIdx.x % warpSize;
  for (int distance = 1; distance < warpSize; distance *= 2) {
    const int left = __shfl_up_sync(ALL_LANES, value, distance);
    if (lane >= distance) value += left;
  }
  return value;
}

// Copies the positive values to `out`, in any order between warps, in order within a warp. Whole warps call it.
__global__ void keep_positive(const int* in, int* out, int* kept, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x, lane = threadIdx.x % warpSize;
  const int value = i < count ? in[i] : 0;
  const unsigned positive = __ballot_sync(ALL_LANES, value > 0);
  if (!__any_sync(ALL_LANES, value > 0)) return;  // the same answer in all lanes: the warp leaves together

  int start = 0;
  if (lane == 0) start = atomicAdd(kept, __popc(positive));
  start = __shfl_sync(ALL_LANES, start, 0);
  const unsigned lanes_before = (1u << lane) - 1;
  if (value > 0) out[start + __popc(positive & lanes_before)] = value;
}

// Row sums of a matrix with 32 columns: one warp per row. Column 0 gets the sum, the others the prefix sums.
__global__ void scan_rows(int* matrix, int rows) {
  const int row = (blockIdx.x * blockDim.x + threadIdx.x) / warpSize, lane = threadIdx.x % warpSize;
  if (row >= rows) return;
  const int value = matrix[row * warpSize + lane];
  const int prefix = warp_scan(value);
  int sum = value;
  for (int distance = warpSize / 2; distance > 0; distance /= 2) sum += __shfl_down_sync(ALL_LANES, sum, distance);
  matrix[row * warpSize + lane] = lane == 0 ? sum : prefix;
}

int check_compaction() {
  const int count = 100001;
  std::vector<int> in(count), out(count), expected;
  for (int i = 0; i < count; ++i) {
    in[i] = static_cast<int>(i * 2654435761u >> 8) % 1000 - 600;
    if (in[i] > 0) expected.push_back(in[i]);
  }
  int *device_in, *device_out, *device_kept, kept = 0;
  CUDA_CHECK(cudaMalloc(&device_in, count * sizeof(int)));
  CUDA_CHECK(cudaMalloc(&device_out, count * sizeof(int)));
  CUDA_CHECK(cudaMalloc(&device_kept, sizeof(int)));
  CUDA_CHECK(cudaMemcpy(device_in, in.data(), count * sizeof(int), cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaMemset(device_kept, 0, sizeof(int)));
  keep_positive<<<samples::blocks_for(count, 256), 256>>>(device_in, device_out, device_kept, count);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(&kept, device_kept, sizeof(int), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaMemcpy(out.data(), device_out, count * sizeof(int), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(device_in));
  CUDA_CHECK(cudaFree(device_out));
  CUDA_CHECK(cudaFree(device_kept));

  // Warps finish in any order, so compare what was kept, not where.
  out.resize(std::max(kept, 0));
  std::sort(out.begin(), out.end());
  std::sort(expected.begin(), expected.end());
  return out == expected ? kept : -1;
}

int wrong_rows() {
  const int rows = 1000, columns = 32;
  std::vector<int> in(rows * columns), out(rows * columns);
  for (size_t i = 0; i < in.size(); ++i) in[i] = static_cast<int>(i % 17) - 5;
  int* matrix;
  CUDA_CHECK(cudaMalloc(&matrix, in.size() * sizeof(int)));
  CUDA_CHECK(cudaMemcpy(matrix, in.data(), in.size() * sizeof(int), cudaMemcpyHostToDevice));
  scan_rows<<<samples::blocks_for(rows * columns, 256), 256>>>(matrix, rows);
  CUDA_CHECK(cudaGetLastError());
  CUDA_CHECK(cudaMemcpy(out.data(), matrix, out.size() * sizeof(int), cudaMemcpyDeviceToHost));
  CUDA_CHECK(cudaFree(matrix));

  int wrong = 0;
  for (int row = 0; row < rows; ++row) {
    int sum = 0;
    bool right = true;
    for (int column = 0; column < columns; ++column) {
      sum += in[row * columns + column];
      if (column > 0) right = right && out[row * columns + column] == sum;
    }
    wrong += !right || out[row * columns] != sum;
  }
  return wrong;
}

int main() {
  const int kept = check_compaction(), wrong = wrong_rows();
  return samples::verdict(kept >= 0 && wrong == 0, "warp_shuffle: %d positive values kept, %d rows wrong", kept, wrong);
}
