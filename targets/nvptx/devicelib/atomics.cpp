// Atomic read-modify-write: `__cw.atom.<op>.<order>.<scope>.<type>` on generic pointers; the old value is returned.
//
// LLVM prints PTX's plain `atom`, which is relaxed at device scope, and supplies loops where an architecture lacks an operation.
// It does not print other scopes: from sm_60 on, which has them, those are inline PTX. Before, block scope is served by the
// stronger device scope, and system scope does not exist. Orders other than relaxed are fences around the relaxed operation.
#include "define.h"

namespace {

using cw::Scope;

enum class Order { relaxed, acquire, release, acq_rel, seq_cst };

template <Scope scope, Order order>
CW_INLINE void before() {
  if constexpr (order == Order::release || order == Order::acq_rel) cw::fence<scope, false>();
  if constexpr (order == Order::seq_cst) cw::fence<scope, true>();
}
template <Scope scope, Order order>
CW_INLINE void after() {
  if constexpr (order == Order::acquire || order == Order::acq_rel || order == Order::seq_cst) cw::fence<scope, false>();
}

// Compare-and-swap of cas.ll: LLVM prints its scope and replaces 16 bits by 32 where needed.
extern "C" {
int16_t cw_cas_i16(int16_t*, int16_t, int16_t) __asm__("__cw.cas.device.i16");
int32_t cw_cas_i32(int32_t*, int32_t, int32_t) __asm__("__cw.cas.device.i32");
int64_t cw_cas_i64(int64_t*, int64_t, int64_t) __asm__("__cw.cas.device.i64");
}

}  // namespace

#define CW_ATOMIC(op, order, scope, type, T, expression)                                                              \
  CW_DEFINE("__cw.atom." #op "." #order "." #scope "." #type, T, op##_##order##_##scope##_##type, (T * p, T value)) { \
    before<Scope::scope, Order::order>();                                                                             \
    T old = expression;                                                                                               \
    after<Scope::scope, Order::order>();                                                                              \
    return old;                                                                                                       \
  }
#define CW_CAS(order, scope, type, T, expression)                                                                              \
  CW_DEFINE("__cw.atom.cas." #order "." #scope "." #type, T, cas_##order##_##scope##_##type, (T * p, T expected, T desired)) { \
    before<Scope::scope, Order::order>();                                                                                      \
    T old = expression;                                                                                                        \
    after<Scope::scope, Order::order>();                                                                                       \
    return old;                                                                                                                \
  }

namespace {

// Two 16-bit floats at once. PTX has it from sm_60 (half) and sm_90 (bfloat16).
template <class T, class Cas>
CW_INLINE T add_packed(T* p, T value, Cas cas) {
  auto* word = reinterpret_cast<int32_t*>(p);
  int32_t seen = *const_cast<volatile int32_t*>(word);
  while (true) {
    int32_t old = cas(word, seen, cw::bit_cast<int32_t>(cw::bit_cast<T>(seen) + value));
    if (old == seen) return cw::bit_cast<T>(old);
    seen = old;
  }
}

CW_INLINE uint32_t add_f16x2(void* p, uint32_t value) {
#if CW_SM >= 60
  uint32_t old;
  asm volatile("atom.add.noftz.f16x2 %0, [%1], %2;" : "=r"(old) : "l"(p), "r"(value) : "memory");
  return old;
#else
  return cw::bit_cast<uint32_t>(add_packed(static_cast<CW_v2f16*>(p), cw::bit_cast<CW_v2f16>(value), cw_cas_i32));
#endif
}
CW_INLINE uint32_t add_bf16x2(void* p, uint32_t value) {
#if CW_SM >= 90
  uint32_t old;
  asm volatile("atom.add.noftz.bf16x2 %0, [%1], %2;" : "=r"(old) : "l"(p), "r"(value) : "memory");
  return old;
#else
  return cw::bit_cast<uint32_t>(add_packed(static_cast<CW_v2bf16*>(p), cw::bit_cast<CW_v2bf16>(value), cw_cas_i32));
#endif
}

// The old value as the C++ type of the operation.
template <class T>
CW_INLINE T wrapping_increment(T* p, T value) {
  return __nvvm_atom_inc_gen_ui(p, value);
}
template <class T>
CW_INLINE T wrapping_decrement(T* p, T value) {
  return __nvvm_atom_dec_gen_ui(p, value);
}

}  // namespace

#define CW_FETCH(op, order, scope, type, T) CW_ATOMIC(op, order, scope, type, T, __atomic_fetch_##op(p, value, __ATOMIC_RELAXED))
#define CW_BITS(FORM, op, order, scope) FORM(op, order, scope, i32, int32_t) FORM(op, order, scope, i64, int64_t)
#define CW_INTEGERS(FORM, op, order, scope) \
  CW_BITS(FORM, op, order, scope) FORM(op, order, scope, u32, uint32_t) FORM(op, order, scope, u64, uint64_t)
#define CW_EXCHANGE(op, order, scope, type, T) CW_ATOMIC(op, order, scope, type, T, __atomic_exchange_n(p, value, __ATOMIC_RELAXED))

#define CW_DEVICE_ATOMICS(order, scope)                                                                                  \
  CW_BITS(CW_FETCH, add, order, scope)                                                                                   \
  CW_FETCH(add, order, scope, f16, _Float16)                                                                             \
  CW_FETCH(add, order, scope, bf16, __bf16)                                                                              \
  CW_FETCH(add, order, scope, f32, float)                                                                                \
  CW_FETCH(add, order, scope, f64, double)                                                                               \
  CW_ATOMIC(add, order, scope, v2f16, CW_v2f16, cw::bit_cast<CW_v2f16>(add_f16x2(p, cw::bit_cast<uint32_t>(value))))     \
  CW_ATOMIC(add, order, scope, v2bf16, CW_v2bf16, cw::bit_cast<CW_v2bf16>(add_bf16x2(p, cw::bit_cast<uint32_t>(value)))) \
  CW_BITS(CW_FETCH, sub, order, scope)                                                                                   \
  CW_BITS(CW_EXCHANGE, exch, order, scope)                                                                               \
  CW_INTEGERS(CW_FETCH, min, order, scope)                                                                               \
  CW_INTEGERS(CW_FETCH, max, order, scope)                                                                               \
  CW_ATOMIC(inc, order, scope, u32, uint32_t, wrapping_increment(p, value))                                              \
  CW_ATOMIC(dec, order, scope, u32, uint32_t, wrapping_decrement(p, value))                                              \
  CW_BITS(CW_FETCH, and, order, scope)                                                                                   \
  CW_BITS(CW_FETCH, or, order, scope)                                                                                    \
  CW_BITS(CW_FETCH, xor, order, scope)                                                                                   \
  CW_CAS(order, scope, i16, int16_t, cw_cas_i16(p, expected, desired))                                                   \
  CW_CAS(order, scope, i32, int32_t, cw_cas_i32(p, expected, desired))                                                   \
  CW_CAS(order, scope, i64, int64_t, cw_cas_i64(p, expected, desired))

#define CW_ORDERS(FORM, ...) \
  FORM(relaxed, __VA_ARGS__) \
  FORM(acquire, __VA_ARGS__) FORM(release, __VA_ARGS__) FORM(acq_rel, __VA_ARGS__) FORM(seq_cst, __VA_ARGS__)
#if CW_SM < 60
CW_ORDERS(CW_DEVICE_ATOMICS, cta)
#endif
CW_ORDERS(CW_DEVICE_ATOMICS, gpu)

#if CW_SM >= 60
// Block and system scope.
namespace cta_scope {
#define CW_PTX_SCOPE "cta"
#include "ptx_atomics.inc"
#undef CW_PTX_SCOPE
}  // namespace cta_scope
namespace sys_scope {
#define CW_PTX_SCOPE "sys"
#include "ptx_atomics.inc"
#undef CW_PTX_SCOPE
}  // namespace sys_scope

#define CW_PTX(op, order, scope, type, T) CW_ATOMIC(op, order, scope, type, T, scope##_scope::op##_##type(p, value))
#define CW_PTX_CAS(order, scope, type, T) CW_CAS(order, scope, type, T, scope##_scope::cas_##type(p, expected, desired))
#define CW_PTX_ATOMICS(order, scope)           \
  CW_BITS(CW_PTX, add, order, scope)           \
  CW_PTX(add, order, scope, f16, _Float16)     \
  CW_PTX(add, order, scope, bf16, __bf16)      \
  CW_PTX(add, order, scope, f32, float)        \
  CW_PTX(add, order, scope, f64, double)       \
  CW_PTX(add, order, scope, v2f16, CW_v2f16)   \
  CW_PTX(add, order, scope, v2bf16, CW_v2bf16) \
  CW_BITS(CW_PTX, sub, order, scope)           \
  CW_BITS(CW_PTX, exch, order, scope)          \
  CW_INTEGERS(CW_PTX, min, order, scope)       \
  CW_INTEGERS(CW_PTX, max, order, scope)       \
  CW_PTX(inc, order, scope, u32, uint32_t)     \
  CW_PTX(dec, order, scope, u32, uint32_t)     \
  CW_BITS(CW_PTX, and, order, scope)           \
  CW_BITS(CW_PTX, or, order, scope)            \
  CW_BITS(CW_PTX, xor, order, scope)           \
  CW_PTX_CAS(order, scope, i16, int16_t)       \
  CW_PTX_CAS(order, scope, i32, int32_t)       \
  CW_PTX_CAS(order, scope, i64, int64_t)
CW_ORDERS(CW_PTX_ATOMICS, cta)
CW_ORDERS(CW_PTX_ATOMICS, sys)
#endif

#if CW_SM >= 90
// 128 bits: register pairs, joined inside the statement.
#define CW_WIDE(scope)                                                                                \
  CW_DEFINE("__cw.atom.exch.relaxed." #scope ".i128", unsigned __int128, exch_##scope##_i128,         \
            (unsigned __int128* p, unsigned __int128 value)) {                                        \
    uint64_t low, high;                                                                               \
    asm volatile("{ .reg .b128 old, new; mov.b128 new, {%3, %4}; atom." #scope                        \
                 ".exch.b128 old, [%2], new;"                                                         \
                 " mov.b128 {%0, %1}, old; }"                                                         \
                 : "=l"(low), "=l"(high)                                                              \
                 : "l"(p), "l"(static_cast<uint64_t>(value)), "l"(static_cast<uint64_t>(value >> 64)) \
                 : "memory");                                                                         \
    return static_cast<unsigned __int128>(high) << 64 | low;                                          \
  }                                                                                                   \
  CW_DEFINE("__cw.atom.cas.relaxed." #scope ".i128", unsigned __int128, cas_##scope##_i128,           \
            (unsigned __int128* p, unsigned __int128 expected, unsigned __int128 desired)) {          \
    uint64_t low, high;                                                                               \
    asm volatile(                                                                                     \
        "{ .reg .b128 old, was, new; mov.b128 was, {%3, %4}; mov.b128 new, {%5, %6};"                 \
        " atom." #scope ".cas.b128 old, [%2], was, new; mov.b128 {%0, %1}, old; }"                    \
        : "=l"(low), "=l"(high)                                                                       \
        : "l"(p), "l"(static_cast<uint64_t>(expected)), "l"(static_cast<uint64_t>(expected >> 64)),   \
          "l"(static_cast<uint64_t>(desired)), "l"(static_cast<uint64_t>(desired >> 64))              \
        : "memory");                                                                                  \
    return static_cast<unsigned __int128>(high) << 64 | low;                                          \
  }
CW_WIDE(cta)
CW_WIDE(gpu)
CW_WIDE(sys)
#endif
