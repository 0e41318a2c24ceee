// Thrust's result beside the standard library's: one line of output for each kind of algorithm.
#pragma once
#include <thrust/device_vector.h>

#include <cstdio>
#include <random>
#include <vector>

#ifndef TESTED_TYPE
#define TESTED_TYPE int
#endif
using Value = TESTED_TYPE;

inline const size_t sizes[] = {0, 1, 2, 31, 32, 33, 255, 1000, 4097, LARGEST};
inline int wrong = 0;

/// Small whole numbers: sums of their squares are exact in floats, in whatever order.
inline std::vector<Value> numbers(size_t count, unsigned seed = 1, int bound = 10) {
  std::mt19937 random(seed + count);
  std::vector<Value> made(count);
  for (Value& value : made) value = static_cast<Value>(random() % bound);
  return made;
}

template <class T>
std::vector<T> host(const thrust::device_vector<T>& vector) {
  std::vector<T> copied(vector.size());
  thrust::copy(vector.begin(), vector.end(), copied.begin());
  return copied;
}

/// Runs `test(size)`, which says whether Thrust did as the standard library does, for each size.
template <class Test>
void over_sizes(const char* name, Test test) {
  for (size_t size : sizes) {
    if (test(size)) continue;
    printf("%s WRONG for %zu\n", name, size);
    wrong = 1;
    return;
  }
  printf("%s ok\n", name);
}
