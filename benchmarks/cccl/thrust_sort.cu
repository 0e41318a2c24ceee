// A Thrust sort as a small program has it: of keys, of keys with values, and with a comparison of its own.
#include <thrust/device_vector.h>
#include <thrust/host_vector.h>
#include <thrust/sequence.h>
#include <thrust/sort.h>

#include <cstdio>
#include <random>

struct FarFromZero {
  __host__ __device__ bool operator()(int a, int b) const { return abs(a) > abs(b); }
};

int main() {
  thrust::host_vector<int> numbers(1 << 16);
  std::mt19937 random(1);
  for (int& number : numbers) number = static_cast<int>(random());

  thrust::device_vector<int> keys = numbers, values(keys.size());
  thrust::sequence(values.begin(), values.end());
  thrust::sort_by_key(keys.begin(), keys.end(), values.begin());
  thrust::sort(keys.begin(), keys.end(), FarFromZero());
  thrust::sort(values.begin(), values.end());
  printf("%d %d\n", static_cast<int>(keys[0]), static_cast<int>(values[1]));
}
