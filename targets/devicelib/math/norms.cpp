// Euclidean norms of 2, 3, 4 or n values, and their reciprocals, without overflow or underflow in between.
#include "math/core.h"

namespace cw {

// The largest magnitude's scale, and the sum of the squares after scaling to about 1.
template <class T>
struct SquareSum {
  Pair<T> sum;
  int exponent;
  bool any_infinite, any_nan;
};

template <class T>
CW_INLINE SquareSum<T> square_sum(const T* values, int count) {
  SquareSum<T> result = {{T(0), T(0)}, 0, false, false};
  T largest = T(0);
  for (int i = 0; i < count; ++i) {
    T a = abs(values[i]);
    result.any_infinite |= a == infinity<T>();
    result.any_nan |= is_nan(a);
    largest = a > largest ? a : largest;
  }
  // No early return: loops that call a norm are vectorised only without one.
  normalize(largest > T(0) && !result.any_infinite ? largest : T(1), result.exponent);
  for (int i = 0; i < count; ++i) {
    T scaled = scale(values[i], -result.exponent);
    result.sum = add(result.sum, two_product(scaled, scaled));
  }
  return result;
}

template <class T>
CW_INLINE T norm(const T* values, int count) {
  SquareSum<T> squares = square_sum(values, count);
  T square = squares.sum.hi > T(0) ? squares.sum.hi : T(1);
  Pair<T> r = root(Pair<T>{square, squares.sum.lo});
  T result = squares.sum.hi == T(0) ? T(0) : scale(r.hi + r.lo, squares.exponent);
  result = squares.any_nan ? nan<T>() : result;
  return squares.any_infinite ? infinity<T>() : result;
}

template <class T>
CW_INLINE T rnorm(const T* values, int count) {
  SquareSum<T> squares = square_sum(values, count);
  T square = squares.sum.hi > T(0) ? squares.sum.hi : T(1);
  Pair<T> r = divide(Pair<T>{T(1), T(0)}, root(Pair<T>{square, squares.sum.lo}));
  T result = squares.sum.hi == T(0) ? infinity<T>() : scale(r.hi + r.lo, -squares.exponent);
  result = squares.any_nan ? nan<T>() : result;
  return squares.any_infinite ? T(0) : result;
}

template <class T, class... More>
CW_INLINE T norm_of(T first, More... more) {
  T values[] = {first, more...};
  return norm(values, 1 + sizeof...(more));
}
template <class T, class... More>
CW_INLINE T rnorm_of(T first, More... more) {
  T values[] = {first, more...};
  return rnorm(values, 1 + sizeof...(more));
}

}  // namespace cw

CW_MATH_2(hypot, cw::norm_of(x, y))
CW_MATH_2(rhypot, cw::rnorm_of(x, y))

#define CW_NORMS(type, suffix)                                                                                                 \
  CW_MATH("norm3d." #suffix, type, norm3d_##suffix, (type x, type y, type z)) { return cw::norm_of(x, y, z); }                 \
  CW_MATH("rnorm3d." #suffix, type, rnorm3d_##suffix, (type x, type y, type z)) { return cw::rnorm_of(x, y, z); }              \
  CW_MATH("norm4d." #suffix, type, norm4d_##suffix, (type x, type y, type z, type w)) { return cw::norm_of(x, y, z, w); }      \
  CW_MATH("rnorm4d." #suffix, type, rnorm4d_##suffix, (type x, type y, type z, type w)) { return cw::rnorm_of(x, y, z, w); }   \
  CW_MATH("norm." #suffix, type, norm_##suffix, (int dimensions, const type* values)) { return cw::norm(values, dimensions); } \
  CW_MATH("rnorm." #suffix, type, rnorm_##suffix, (int dimensions, const type* values)) { return cw::rnorm(values, dimensions); }

CW_NORMS(float, f32)
CW_NORMS(double, f64)
