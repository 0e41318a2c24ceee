// Types of nvcuda::wmma. A fragment's elements are a lane's registers, in their order.
#ifndef CROSSWARP_DEVICE_WMMA_FRAGMENTS_H
#define CROSSWARP_DEVICE_WMMA_FRAGMENTS_H
#pragma GCC system_header

#include "../../cuda_bf16.h"
#include "../../cuda_fp16.h"
#include "qualifiers.h"

namespace nvcuda {
namespace wmma {

enum layout_t { mem_row_major, mem_col_major };
struct row_major;
struct col_major;
struct matrix_a;
struct matrix_b;
struct accumulator;
namespace precision {
struct tf32;
}
namespace experimental {
namespace precision {
struct u4;
struct s4;
struct b1;
}  // namespace precision
enum bmmaBitOp { bmmaBitOpXOR = 1, bmmaBitOpAND = 2 };
enum bmmaAccumulateOp { bmmaAccumulateOpPOPC = 1 };
}  // namespace experimental

namespace __cw {

// What stands for an element in memory and in a fragment, and how many elements it holds.
template <typename __T>
struct storage {
  typedef __T type;
  static constexpr int elements = 1;
};
template <>
struct storage<precision::tf32> {
  typedef float type;
  static constexpr int elements = 1;
};
template <>
struct storage<experimental::precision::u4> {
  typedef unsigned type;
  static constexpr int elements = 8;
};
template <>
struct storage<experimental::precision::s4> {
  typedef int type;
  static constexpr int elements = 8;
};
template <>
struct storage<experimental::precision::b1> {
  typedef unsigned type;
  static constexpr int elements = 32;
};

// Bytes of a fragment in each lane: 32 for all of A and B of f16, otherwise as many as the elements take.
template <int __elements, typename __T>
constexpr int bytes_of() {
  return __elements / 32 * (int)sizeof(typename storage<__T>::type) / storage<__T>::elements;
}
template <typename __Use, int __m, int __n, int __k, typename __T>
struct size;
template <int __m, int __n, int __k, typename __T>
struct size<matrix_a, __m, __n, __k, __T> {
  static constexpr int value = bytes_of<__m * __k, __T>();
};
template <int __m, int __n, int __k, typename __T>
struct size<matrix_b, __m, __n, __k, __T> {
  static constexpr int value = bytes_of<__k * __n, __T>();
};
template <int __m, int __n, int __k, typename __T>
struct size<accumulator, __m, __n, __k, __T> {
  static constexpr int value = bytes_of<__m * __n, __T>();
};
template <int __m, int __n, int __k>
struct size<matrix_a, __m, __n, __k, __half> {
  static constexpr int value = 32;
};
template <int __m, int __n, int __k>
struct size<matrix_b, __m, __n, __k, __half> {
  static constexpr int value = 32;
};

}  // namespace __cw

template <typename __Use, int __m, int __n, int __k, typename __T, typename __Layout = void>
class fragment {
 public:
  typedef __T element_type;
  typedef typename __cw::storage<__T>::type storage_element_type;
  static constexpr int num_storage_elements = __cw::size<__Use, __m, __n, __k, __T>::value / (int)sizeof(storage_element_type);
  static constexpr int num_elements = num_storage_elements * __cw::storage<__T>::elements;
  storage_element_type x[num_storage_elements];
};

template <typename __Use, int __m, int __n, int __k, typename __T, typename __Layout>
CW_DEVICE void fill_fragment(fragment<__Use, __m, __n, __k, __T, __Layout>& a, const typename __cw::storage<__T>::type& v) {
  for (int i = 0; i < a.num_storage_elements; ++i) a.x[i] = v;
}

}  // namespace wmma
}  // namespace nvcuda

#endif
