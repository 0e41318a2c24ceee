// __nv_atomic_*: atomics with a stated order and scope (CUDA C++ Programming Guide, "__nv_atomic functions"), since CUDA 12.8.
//
// An order is made of fences around a relaxed operation, as PTX's memory model allows: release before, acquire after, and a
// sequentially consistent fence before. Order and scope are literals, so nothing of the choices remains in the code.
#ifndef CROSSWARP_DEVICE_ATOMIC_BUILTINS_H
#define CROSSWARP_DEVICE_ATOMIC_BUILTINS_H
#pragma GCC system_header

#include "atomics.h"

enum {
  __NV_ATOMIC_RELAXED = 0,
  __NV_ATOMIC_CONSUME = 1,
  __NV_ATOMIC_ACQUIRE = 2,
  __NV_ATOMIC_RELEASE = 3,
  __NV_ATOMIC_ACQ_REL = 4,
  __NV_ATOMIC_SEQ_CST = 5
};
enum {
  __NV_THREAD_SCOPE_THREAD = 0,
  __NV_THREAD_SCOPE_BLOCK = 1,
  __NV_THREAD_SCOPE_CLUSTER = 2,
  __NV_THREAD_SCOPE_DEVICE = 3,
  __NV_THREAD_SCOPE_SYSTEM = 4
};

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 600
// An expression for each scope: `f`, `f_block` and `f_system`, or another three names.
#define CW_IN_SCOPE(scope, block, device, system, arguments) \
  ((scope) <= __NV_THREAD_SCOPE_BLOCK ? block arguments : (scope) <= __NV_THREAD_SCOPE_DEVICE ? device arguments : system arguments)

namespace __cw {
CW_DEVICE void ordering_fence(int scope) {
  CW_IN_SCOPE(scope, __cw_fence_acq_rel_cta, __cw_fence_acq_rel_gpu, __cw_fence_acq_rel_sys, ());
}
CW_DEVICE void total_fence(int scope) { CW_IN_SCOPE(scope, __cw_fence_cta, __cw_fence_gpu, __cw_fence_sys, ()); }
CW_DEVICE void before_atomic(int order, int scope) {
  if (order == __NV_ATOMIC_SEQ_CST) {
    total_fence(scope);
  } else if (order == __NV_ATOMIC_RELEASE || order == __NV_ATOMIC_ACQ_REL) {
    ordering_fence(scope);
  }
}
CW_DEVICE void after_atomic(int order, int scope) {
  if (order != __NV_ATOMIC_RELAXED && order != __NV_ATOMIC_RELEASE) ordering_fence(scope);
}

// The integer of as many bytes that atomicExch and atomicCAS know.
template <int bytes>
struct atomic_bits {};
template <>
struct atomic_bits<1> {
  typedef unsigned char type;
};
template <>
struct atomic_bits<2> {
  typedef unsigned short type;
};
template <>
struct atomic_bits<4> {
  typedef unsigned type;
};
template <>
struct atomic_bits<8> {
  typedef unsigned long long type;
};
// The type that arithmetic and comparing atomics know: an integer of that size and sign, or a floating-point type.
template <int bytes, bool is_signed>
struct atomic_integer {};
template <>
struct atomic_integer<4, true> {
  typedef int type;
};
template <>
struct atomic_integer<4, false> {
  typedef unsigned type;
};
template <>
struct atomic_integer<8, true> {
  typedef long long type;
};
template <>
struct atomic_integer<8, false> {
  typedef unsigned long long type;
};
template <class __T, bool floating = __is_floating_point(__T)>
struct atomic_number : atomic_integer<(int)sizeof(__T), __is_signed(__T)> {};
template <class __T>
struct atomic_number<__T, true> {
  typedef __T type;
};
// Sums wrap around whatever the sign.
template <class __T, bool floating = __is_floating_point(__T)>
struct atomic_sum : atomic_integer<(int)sizeof(__T), false> {};
template <class __T>
struct atomic_sum<__T, true> {
  typedef __T type;
};
// A parameter that takes no part in deduction: `1` is right for any T.
template <class __T>
struct given {
  typedef __T type;
};

template <class __B>
CW_DEVICE __B load_bits(__B* p) {
  return __atomic_load_n(p, __ATOMIC_RELAXED);
}
template <class __B>
CW_DEVICE void store_bits(__B* p, __B value) {
  __atomic_store_n(p, value, __ATOMIC_RELAXED);
}
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900
typedef unsigned __int128 atomic_bits_128;
template <>
struct atomic_bits<16> {
  typedef atomic_bits_128 type;
};
CW_DEVICE atomic_bits_128 load_bits(atomic_bits_128* p) { return atomicCAS_system(p, (atomic_bits_128)0, (atomic_bits_128)0); }
CW_DEVICE void store_bits(atomic_bits_128* p, atomic_bits_128 value) { (void)atomicExch_system(p, value); }
#endif
}  // namespace __cw

CW_DEVICE void __nv_atomic_thread_fence(int order, int scope = __NV_THREAD_SCOPE_SYSTEM) {
  if (order == __NV_ATOMIC_SEQ_CST) {
    __cw::total_fence(scope);
  } else if (order != __NV_ATOMIC_RELAXED) {
    __cw::ordering_fence(scope);
  }
}

template <class __T>
CW_DEVICE __T __nv_atomic_load_n(__T* p, int order, int scope = __NV_THREAD_SCOPE_SYSTEM) {
  typedef typename __cw::atomic_bits<sizeof(__T)>::type __B;
  if (order == __NV_ATOMIC_SEQ_CST) __cw::total_fence(scope);
  const __B bits = __cw::load_bits((__B*)p);
  __cw::after_atomic(order, scope);
  return __cw::bits_as<__T>(bits);
}
template <class __T>
CW_DEVICE void __nv_atomic_load(__T* p, __T* result, int order, int scope = __NV_THREAD_SCOPE_SYSTEM) {
  *result = __nv_atomic_load_n(p, order, scope);
}
template <class __T>
CW_DEVICE void __nv_atomic_store_n(__T* p, typename __cw::given<__T>::type value, int order, int scope = __NV_THREAD_SCOPE_SYSTEM) {
  typedef typename __cw::atomic_bits<sizeof(__T)>::type __B;
  __cw::before_atomic(order, scope);
  __cw::store_bits((__B*)p, __cw::bits_as<__B>(value));
}
template <class __T>
CW_DEVICE void __nv_atomic_store(__T* p, __T* value, int order, int scope = __NV_THREAD_SCOPE_SYSTEM) {
  __nv_atomic_store_n(p, *value, order, scope);
}
template <class __T>
CW_DEVICE __T __nv_atomic_exchange_n(__T* p, typename __cw::given<__T>::type value, int order,
                                     int scope = __NV_THREAD_SCOPE_SYSTEM) {
  typedef typename __cw::atomic_bits<sizeof(__T)>::type __B;
  __cw::before_atomic(order, scope);
  const __B old = CW_IN_SCOPE(scope, atomicExch_block, atomicExch, atomicExch_system, ((__B*)p, __cw::bits_as<__B>(value)));
  __cw::after_atomic(order, scope);
  return __cw::bits_as<__T>(old);
}
template <class __T>
CW_DEVICE void __nv_atomic_exchange(__T* p, __T* value, __T* result, int order, int scope = __NV_THREAD_SCOPE_SYSTEM) {
  *result = __nv_atomic_exchange_n(p, *value, order, scope);
}
// The stronger of both orders serves success and failure alike; no attempt fails for nothing.
template <class __T>
CW_DEVICE bool __nv_atomic_compare_exchange_n(__T* p, __T* expected, typename __cw::given<__T>::type desired, bool weak,
                                              int success, int failure, int scope = __NV_THREAD_SCOPE_SYSTEM) {
  typedef typename __cw::atomic_bits<sizeof(__T)>::type __B;
  (void)weak;
  __cw::before_atomic(success, scope);
  if (failure == __NV_ATOMIC_SEQ_CST && success != __NV_ATOMIC_SEQ_CST) __cw::total_fence(scope);
  const __B wanted = __cw::bits_as<__B>(*expected);
  const __B old = CW_IN_SCOPE(scope, atomicCAS_block, atomicCAS, atomicCAS_system, ((__B*)p, wanted, __cw::bits_as<__B>(desired)));
  if (old != wanted) *expected = __cw::bits_as<__T>(old);
  __cw::after_atomic(success == __NV_ATOMIC_RELAXED || success == __NV_ATOMIC_RELEASE ? failure : success, scope);
  return old == wanted;
}
template <class __T>
CW_DEVICE bool __nv_atomic_compare_exchange(__T* p, __T* expected, __T* desired, bool weak, int success, int failure,
                                            int scope = __NV_THREAD_SCOPE_SYSTEM) {
  return __nv_atomic_compare_exchange_n(p, expected, *desired, weak, success, failure, scope);
}

// `fetch` gives the old value, the plain form nothing. B: the type in which atomic##f works.
#define CW_FETCH(op, f, B, operand)                                                                                  \
  template <class __T>                                                                                               \
  CW_DEVICE __T __nv_atomic_fetch_##op(__T* p, typename __cw::given<__T>::type value, int order,                     \
                                       int scope = __NV_THREAD_SCOPE_SYSTEM) {                                       \
    typedef typename B::type __B;                                                                                    \
    __cw::before_atomic(order, scope);                                                                               \
    const __B old = CW_IN_SCOPE(scope, atomic##f##_block, atomic##f, atomic##f##_system, ((__B*)p, (__B)(operand))); \
    __cw::after_atomic(order, scope);                                                                                \
    return (__T)old;                                                                                                 \
  }                                                                                                                  \
  template <class __T>                                                                                               \
  CW_DEVICE void __nv_atomic_##op(__T* p, typename __cw::given<__T>::type value, int order,                          \
                                  int scope = __NV_THREAD_SCOPE_SYSTEM) {                                            \
    (void)__nv_atomic_fetch_##op(p, value, order, scope);                                                            \
  }
CW_FETCH(add, Add, __cw::atomic_sum<__T>, value)
CW_FETCH(sub, Add, __cw::atomic_sum<__T>, -(__B)value)
CW_FETCH(min, Min, __cw::atomic_number<__T>, value)
CW_FETCH(max, Max, __cw::atomic_number<__T>, value)
CW_FETCH(and, And, __cw::atomic_bits<sizeof(__T)>, value)
CW_FETCH(or, Or, __cw::atomic_bits<sizeof(__T)>, value)
CW_FETCH(xor, Xor, __cw::atomic_bits<sizeof(__T)>, value)
#undef CW_FETCH
#undef CW_IN_SCOPE
#endif

#endif
