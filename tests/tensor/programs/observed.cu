// Registers of mma.sync where PTX says that they are: filled and written by lanes, summed and compared by shuffles.
#include "files.cuh"
#include "mma.cuh"

constexpr unsigned ALL = 0xFFFFFFFF;

// Sixteen rows of A, eight columns of B, 32 bytes of k: A by rows, B by columns, each line's bytes one behind the other.
__device__ inline void load(const char* a, const char* b, unsigned (&x)[4], unsigned (&y)[2]) {
  const int group = threadIdx.x / 4, four = threadIdx.x % 4 * 4;
  for (int i = 0; i < 4; ++i) x[i] = *(const unsigned*)(a + (group + i % 2 * 8) * 32 + i / 2 * 16 + four);
  for (int i = 0; i < 2; ++i) y[i] = *(const unsigned*)(b + group * 32 + i * 16 + four);
}
__device__ inline int row(int i) { return threadIdx.x / 4 + i / 2 * 8; }
__device__ inline int column(int i) { return threadIdx.x % 4 * 2 + i % 2; }

template <typename T, typename S>
__device__ void product(const char* a, const char* b, S (&d)[4]) {
  unsigned x[4], y[2];
  load(a, b, x, y);
  multiply((T*)nullptr, d, x, y[0], y[1]);
}

// The sums, by lane and register.
template <typename T, typename S>
__global__ void by_lane(const char* a, const char* b, S* out) {
  S d[4] = {};
  product<T>(a, b, d);
  for (int i = 0; i < 4; ++i) out[threadIdx.x * 4 + i] = d[i];
}

// The sums plus 100 times their row and 1000 times their column, where they belong.
template <typename T, typename S>
__global__ void placed(const char* a, const char* b, S* out) {
  S d[4];
  for (int i = 0; i < 4; ++i) d[i] = 100 * row(i);
  product<T>(a, b, d);
  for (int i = 0; i < 4; ++i) out[row(i) * 8 + column(i)] = d[i] + 1000 * column(i);
}

// Sums of rows at 0, largest of columns at 16, and the sum of all at 24.
template <typename T, typename S>
__global__ void reduced(const char* a, const char* b, S* out) {
  S d[4] = {};
  product<T>(a, b, d);
  for (int side = 0; side < 2; ++side) {
    S sum = d[side * 2] + d[side * 2 + 1];
    sum += __shfl_xor_sync(ALL, sum, 1);
    sum += __shfl_xor_sync(ALL, sum, 2);
    if (threadIdx.x % 4 == 0) out[row(side * 2)] = sum;
    S largest = d[side] > d[side + 2] ? d[side] : d[side + 2];
    for (int step = 4; step < 32; step *= 2) {
      const S other = __shfl_xor_sync(ALL, largest, step);
      largest = other > largest ? other : largest;
    }
    if (threadIdx.x < 4) out[16 + column(side)] = largest;
  }
  S all = d[0] + d[1] + d[2] + d[3];
  for (int step = 16; step > 0; step /= 2) all += __shfl_down_sync(ALL, all, step);
  if (threadIdx.x == 0) out[24] = all;
}

// D = (A B) (A B)ᵀ mod 4: the sums of one product become, in registers, both operands of the next.
__global__ void squared(const char* a, const char* b, float* out) {
  float d[4] = {};
  product<half>(a, b, d);
  unsigned halves[2];
  for (int side = 0; side < 2; ++side) {
    const half2 both = __floats2half2_rn((int)d[side * 2] & 3, (int)d[side * 2 + 1] & 3);
    halves[side] = *(const unsigned*)&both;
  }
  const unsigned x[4] = {halves[0], halves[1], 0, 0};
  for (int j = 0; j < 2; ++j) {
    float sums[4] = {};
    multiply((half*)nullptr, sums, x, halves[j], 0);
    for (int i = 0; i < 4; ++i) out[row(i) * 16 + j * 8 + column(i)] = sums[i];
  }
}

template <typename T, typename S>
void run(Files& files) {
  const char *a = given<char>(files), *b = given<char>(files);
  for (auto kernel : {by_lane<T, S>, placed<T, S>, reduced<T, S>}) {
    S* out = empty<S>(128);
    kernel<<<1, 32>>>(a, b, out);
    put(files, out, kernel == reduced<T, S> ? 25 : 128);
  }
}

int main(int, char** arguments) {
  Files files = opened(arguments);
  run<half, float>(files);
  run<bf16, float>(files);
  run<s8, int>(files);
  const char *a = given<char>(files), *b = given<char>(files);
  float* out = empty<float>(256);
  squared<<<1, 32>>>(a, b, out);
  put(files, out, 256);
}
