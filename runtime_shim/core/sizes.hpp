// Sizes that programs give, multiplied and added without wrapping around: too much stays too much.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cw {

inline size_t times(size_t a, size_t b) {
  size_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? SIZE_MAX : product;
}

inline size_t plus(size_t a, size_t b) {
  size_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? SIZE_MAX : sum;
}

}  // namespace cw
