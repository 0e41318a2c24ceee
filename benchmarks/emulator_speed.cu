// What benchmarks/emulator_speed.py runs.

extern "C" __global__ void vector_add(const float* a, const float* b, float* c, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) c[i] = a[i] + b[i];
}

// Eight independent chains of fused multiply-adds.
extern "C" __global__ void multiply_add(float* out, int steps) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float v[8];
  for (int k = 0; k < 8; ++k) v[k] = i + k;
  for (int s = 0; s < steps; ++s)
    for (int k = 0; k < 8; ++k) v[k] = v[k] * 0.999f + 0.5f;
  float sum = 0;
  for (int k = 0; k < 8; ++k) sum += v[k];
  out[i] = sum;
}

extern "C" __global__ void hash(unsigned* out, int steps) {
  unsigned i = blockIdx.x * blockDim.x + threadIdx.x, h = i;
  for (int s = 0; s < steps; ++s) {
    h ^= h << 13;
    h ^= h >> 17;
    h ^= h << 5;
    h += i;
  }
  out[i] = h;
}

extern "C" __global__ void mandelbrot(int* out, int width, int limit) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float cx = (i % width) * 3.0f / width - 2.0f, cy = (i / width) * 2.0f / width - 1.0f, x = 0, y = 0;
  int n = 0;
  while (n < limit && x * x + y * y < 4.0f) {
    float t = x * x - y * y + cx;
    y = 2 * x * y + cy;
    x = t;
    ++n;
  }
  out[i] = n;
}

extern "C" __global__ void matrix_multiply(const float* a, const float* b, float* c, int n) {
  __shared__ float ta[16][16], tb[16][16];
  int x = threadIdx.x, y = threadIdx.y, column = blockIdx.x * 16 + x, row = blockIdx.y * 16 + y;
  float sum = 0;
  for (int t = 0; t < n; t += 16) {
    ta[y][x] = a[row * n + t + x];
    tb[y][x] = b[(t + y) * n + column];
    __syncthreads();
    for (int k = 0; k < 16; ++k) sum += ta[y][k] * tb[k][x];
    __syncthreads();
  }
  c[row * n + column] = sum;
}

extern "C" __global__ void block_sum(const float* in, float* out) {
  __shared__ float warps[32];
  float v = in[blockIdx.x * blockDim.x + threadIdx.x];
  for (int d = 16; d > 0; d /= 2) v += __shfl_down_sync(~0u, v, d);
  if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = v;
  __syncthreads();
  if (threadIdx.x >= 32) return;
  v = threadIdx.x < blockDim.x / 32 ? warps[threadIdx.x] : 0;
  for (int d = 16; d > 0; d /= 2) v += __shfl_down_sync(~0u, v, d);
  if (threadIdx.x == 0) out[blockIdx.x] = v;
}
