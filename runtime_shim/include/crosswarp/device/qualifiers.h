// How device functions of these headers are defined: always inlined, so that each target sees the operation itself.
#ifndef CROSSWARP_DEVICE_QUALIFIERS_H
#define CROSSWARP_DEVICE_QUALIFIERS_H
#pragma GCC system_header

#define CW_DEVICE static __device__ __inline__ __attribute__((always_inline))
#define CW_HOST_DEVICE static __host__ __device__ __inline__ __attribute__((always_inline))

namespace __cw {
// `type` is Result when the condition holds; otherwise the overload does not exist.
template <bool condition, class Result>
struct when {};
template <class Result>
struct when<true, Result> {
  typedef Result type;
};
// `type` is Yes or No.
template <bool condition, class Yes, class No>
struct choose {
  typedef Yes type;
};
template <class Yes, class No>
struct choose<false, Yes, No> {
  typedef No type;
};
// The same bits as another type of the same size.
template <class To, class From>
CW_HOST_DEVICE To bits_as(From from) {
  static_assert(sizeof(To) == sizeof(From), "sizes differ");
  To to;
  __builtin_memcpy((void*)&to, (const void*)&from, sizeof(To));
  return to;
}
}  // namespace __cw

#endif
