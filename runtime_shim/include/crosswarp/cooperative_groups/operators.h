// What groups reduce and scan with. Part of cooperative_groups/reduce.h and scan.h.
#ifndef CROSSWARP_COOPERATIVE_GROUPS_OPERATORS_H
#define CROSSWARP_COOPERATIVE_GROUPS_OPERATORS_H

namespace cooperative_groups::__v1 {
#define CG_OPERATOR(name, expression)                                                  \
  template <class __T>                                                                 \
  struct name {                                                                        \
    __device__ __T operator()(const __T& a, const __T& b) const { return expression; } \
  };
CG_OPERATOR(plus, a + b)
CG_OPERATOR(less, b < a ? b : a)
CG_OPERATOR(greater, a < b ? b : a)
CG_OPERATOR(bit_and, a& b)
CG_OPERATOR(bit_or, a | b)
CG_OPERATOR(bit_xor, a ^ b)
#undef CG_OPERATOR

namespace details {
// `atomic` becomes op(atomic, value), by cuda::atomic's members; returns the old value.
template <class Atomic, class __T, class Operator>
CG_DEVICE __T atomic_update(Atomic& atomic, const __T& value, Operator op) {
  auto old = atomic.load();
  while (!atomic.compare_exchange_weak(old, op(old, value))) {
  }
  return old;
}
template <class Atomic, class __T>
CG_DEVICE __T atomic_update(Atomic& atomic, const __T& value, plus<__T>) {
  return atomic.fetch_add(value);
}
}  // namespace details
}  // namespace cooperative_groups::__v1

#endif
