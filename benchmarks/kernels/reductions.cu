// Sums, scans, histograms, sorts: shared memory, warp operations, atomics.
#include <cuda_runtime.h>

// run: <<<16, 256>>> f32[8192] f32[16] i32=8192
extern "C" __global__ void block_sum(const float* in, float* out, int n) {
  __shared__ float sums[256];
  float sum = 0;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < n; i += gridDim.x * 256) sum += in[i];
  sums[threadIdx.x] = sum;
  __syncthreads();
  for (int half = 128; half > 0; half /= 2) {
    if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
    __syncthreads();
  }
  if (threadIdx.x == 0) out[blockIdx.x] = sums[0];
}

// run: <<<16, 256>>> f32[8192] f32[16] i32=8192
extern "C" __global__ void shuffle_sum(const float* in, float* out, int n) {
  __shared__ float sums[32];
  float sum = 0;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) sum += in[i];
  for (int d = 16; d > 0; d /= 2) sum += __shfl_down_sync(0xffffffffu, sum, d);
  if (threadIdx.x % 32 == 0) sums[threadIdx.x / 32] = sum;
  __syncthreads();
  if (threadIdx.x < 32) {
    sum = threadIdx.x < blockDim.x / 32 ? sums[threadIdx.x] : 0.0f;
    for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, d);
    if (threadIdx.x == 0) out[blockIdx.x] = sum;
  }
}

// run: <<<32, 128>>> f32[8192] f32[8192] i32=256
extern "C" __global__ void softmax_rows(const float* in, float* out, int columns) {
  __shared__ float parts[4];
  const float* row = in + blockIdx.x * columns;
  float largest = -1e30f, sum = 0;
  for (int i = threadIdx.x; i < columns; i += 128) largest = fmaxf(largest, row[i]);
  for (int d = 16; d > 0; d /= 2) largest = fmaxf(largest, __shfl_xor_sync(0xffffffffu, largest, d));
  if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = largest;
  __syncthreads();
  largest = fmaxf(fmaxf(parts[0], parts[1]), fmaxf(parts[2], parts[3]));
  __syncthreads();
  for (int i = threadIdx.x; i < columns; i += 128) sum += expf(row[i] - largest);
  for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, d);
  if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = sum;
  __syncthreads();
  sum = parts[0] + parts[1] + parts[2] + parts[3];
  for (int i = threadIdx.x; i < columns; i += 128) out[blockIdx.x * columns + i] = expf(row[i] - largest) / sum;
}

// One warp a row.
// run: <<<16, 128>>> f32[8192] f32[8192] f32[128] f32[128] i32=64 i32=128
extern "C" __global__ void layer_norm(const float* __restrict__ in, float* __restrict__ out, const float* __restrict__ weight,
                                      const float* __restrict__ bias, int rows, int columns) {
  int lane = threadIdx.x % 32, row = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
  if (row >= rows) return;
  const float* x = in + row * columns;
  float sum = 0, squares = 0;
  for (int i = lane; i < columns; i += 32) sum += x[i];
  for (int d = 16; d > 0; d /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, d);
  float mean = sum / columns;
  for (int i = lane; i < columns; i += 32) squares += (x[i] - mean) * (x[i] - mean);
  for (int d = 16; d > 0; d /= 2) squares += __shfl_xor_sync(0xffffffffu, squares, d);
  float scale = rsqrtf(squares / columns + 1e-5f);
  for (int i = lane; i < columns; i += 32) out[row * columns + i] = (x[i] - mean) * scale * weight[i] + bias[i];
}

// run: <<<8, 256>>> i32[2048] i32[8] i32=2048
extern "C" __global__ void scan_hillis_steele(int* values, int* totals, int n) {
  __shared__ int sums[256];
  int lane = threadIdx.x, i = blockIdx.x * 256 + lane;
  sums[lane] = i < n ? values[i] : 0;
  __syncthreads();
  for (int distance = 1; distance < 256; distance *= 2) {
    int left = lane >= distance ? sums[lane - distance] : 0;
    __syncthreads();
    sums[lane] += left;
    __syncthreads();
  }
  if (i < n) values[i] = sums[lane];
  if (lane == 255) totals[blockIdx.x] = sums[lane];
}

// run: <<<16, 128>>> i32[2048] i32[2048] i32=2048
extern "C" __global__ void scan_warps(const int* in, int* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, lane = threadIdx.x % 32;
  int sum = i < n ? in[i] : 0;
  for (int d = 1; d < 32; d *= 2) {
    int left = __shfl_up_sync(0xffffffffu, sum, d);
    if (lane >= d) sum += left;
  }
  if (i < n) out[i] = sum;
}

// run: <<<8, 256>>> i32[8192]%256 i32[256]%1 i32=8192
extern "C" __global__ void histogram_shared(const int* in, int* bins, int n) {
  __shared__ int local[256];
  local[threadIdx.x] = 0;
  __syncthreads();
  for (int i = blockIdx.x * 256 + threadIdx.x; i < n; i += gridDim.x * 256) atomicAdd(&local[in[i]], 1);
  __syncthreads();
  atomicAdd(&bins[threadIdx.x], local[threadIdx.x]);
}

// run: <<<8, 256>>> i32[2048]%64 f32[2048] f32[64] i32=2048
extern "C" __global__ void scatter_add(const int* where, const float* values, float* sums, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) atomicAdd(&sums[where[i]], values[i]);
}

// run: <<<8, 256>>> f32[2048] i32[1]%1 i32=2048
extern "C" __global__ void count_ballot(const float* in, int* count, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  unsigned votes = __ballot_sync(0xffffffffu, i < n && in[i] > 0.5f);
  if (threadIdx.x % 32 == 0) atomicAdd(count, __popc(votes));
}

// run: <<<4, 256>>> i32[2048]
extern "C" __global__ void bitonic_sort(int* values) {
  __shared__ int keys[512];
  int base = blockIdx.x * 512, t = threadIdx.x;
  keys[t] = values[base + t];
  keys[t + 256] = values[base + t + 256];
  for (int size = 2; size <= 512; size *= 2) {
    for (int stride = size / 2; stride > 0; stride /= 2) {
      __syncthreads();
      int low = 2 * t - (t & (stride - 1)), high = low + stride;
      bool ascending = (low & size) == 0;
      int a = keys[low], b = keys[high];
      if ((a > b) == ascending) {
        keys[low] = b;
        keys[high] = a;
      }
    }
  }
  __syncthreads();
  values[base + t] = keys[t];
  values[base + t + 256] = keys[t + 256];
}

// run: <<<8, 128>>> i32[1024] i32[1024] i32=1024
extern "C" __global__ void largest_so_far(const int* in, int* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  int value = in[i];
  for (int d = 16; d > 0; d >>= 1) {
    int other = __shfl_xor_sync(0xffffffffu, value, d);
    value = other > value ? other : value;
  }
  out[i] = value;
}
