// Atomic read-modify-write: `__cw.atom.<op>.<order>.<scope>.<type>` on generic pointers; the old value is returned.
//
// LLVM prints PTX's plain `atom`, which is relaxed at device scope: right for block and device scope, and LLVM supplies loops
// where an architecture lacks an operation. Block scope is served by the stronger device scope. System scope is not printed by
// LLVM: those are inline PTX, from sm_60 on. Orders other than relaxed are fences around the relaxed operation.
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
CW_ORDERS(CW_DEVICE_ATOMICS, cta)
CW_ORDERS(CW_DEVICE_ATOMICS, gpu)

#if CW_SM >= 60
namespace {

// `atom.sys.<ptx>` for one register class.
#define CW_SYSTEM_FETCH(name, ptx, T, REGISTER)                                                              \
  CW_INLINE T system_##name(T* p, T value) {                                                                 \
    T old;                                                                                                   \
    asm volatile("atom.sys." ptx " %0, [%1], %2;" : "=" REGISTER(old) : "l"(p), REGISTER(value) : "memory"); \
    return old;                                                                                              \
  }
CW_SYSTEM_FETCH(add_i32, "add.u32", int32_t, "r")
CW_SYSTEM_FETCH(add_i64, "add.u64", int64_t, "l")
CW_SYSTEM_FETCH(add_f32, "add.f32", float, "f")
CW_SYSTEM_FETCH(add_f64, "add.f64", double, "d")
CW_SYSTEM_FETCH(exch_i32, "exch.b32", int32_t, "r")
CW_SYSTEM_FETCH(exch_i64, "exch.b64", int64_t, "l")
CW_SYSTEM_FETCH(min_i32, "min.s32", int32_t, "r")
CW_SYSTEM_FETCH(min_i64, "min.s64", int64_t, "l")
CW_SYSTEM_FETCH(min_u32, "min.u32", uint32_t, "r")
CW_SYSTEM_FETCH(min_u64, "min.u64", uint64_t, "l")
CW_SYSTEM_FETCH(max_i32, "max.s32", int32_t, "r")
CW_SYSTEM_FETCH(max_i64, "max.s64", int64_t, "l")
CW_SYSTEM_FETCH(max_u32, "max.u32", uint32_t, "r")
CW_SYSTEM_FETCH(max_u64, "max.u64", uint64_t, "l")
CW_SYSTEM_FETCH(inc_u32, "inc.u32", uint32_t, "r")
CW_SYSTEM_FETCH(dec_u32, "dec.u32", uint32_t, "r")
CW_SYSTEM_FETCH(and_i32, "and.b32", int32_t, "r")
CW_SYSTEM_FETCH(and_i64, "and.b64", int64_t, "l")
CW_SYSTEM_FETCH(or_i32, "or.b32", int32_t, "r")
CW_SYSTEM_FETCH(or_i64, "or.b64", int64_t, "l")
CW_SYSTEM_FETCH(xor_i32, "xor.b32", int32_t, "r")
CW_SYSTEM_FETCH(xor_i64, "xor.b64", int64_t, "l")

CW_INLINE int32_t system_sub_i32(int32_t* p, int32_t value) {
  return system_add_i32(p, static_cast<int32_t>(0u - static_cast<uint32_t>(value)));
}
CW_INLINE int64_t system_sub_i64(int64_t* p, int64_t value) {
  return system_add_i64(p, static_cast<int64_t>(0ul - static_cast<uint64_t>(value)));
}

CW_INLINE int32_t system_cas_i32(int32_t* p, int32_t expected, int32_t desired) {
  int32_t old;
  asm volatile("atom.sys.cas.b32 %0, [%1], %2, %3;" : "=r"(old) : "l"(p), "r"(expected), "r"(desired) : "memory");
  return old;
}
CW_INLINE int64_t system_cas_i64(int64_t* p, int64_t expected, int64_t desired) {
  int64_t old;
  asm volatile("atom.sys.cas.b64 %0, [%1], %2, %3;" : "=l"(old) : "l"(p), "l"(expected), "l"(desired) : "memory");
  return old;
}

// 16 bits inside their 32-bit word: `next(old)` gives the new half or says that there is none to write.
template <class Next>
CW_INLINE uint16_t system_update_half(void* p, Next next) {
  uint64_t address = reinterpret_cast<uint64_t>(p);
  auto* word = reinterpret_cast<int32_t*>(address & ~uint64_t{3});
  uint32_t shift = static_cast<uint32_t>(address & 2) * 8, mask = 0xffffu << shift;
  uint32_t seen = static_cast<uint32_t>(*const_cast<volatile int32_t*>(word));
  while (true) {
    auto half = static_cast<uint16_t>(seen >> shift);
    uint16_t wanted;
    if (!next(half, &wanted)) return half;
    uint32_t merged = (seen & ~mask) | static_cast<uint32_t>(wanted) << shift;
    auto old = static_cast<uint32_t>(system_cas_i32(word, static_cast<int32_t>(seen), static_cast<int32_t>(merged)));
    if (old == seen) return half;
    seen = old;
  }
}
template <class T>
CW_INLINE T system_add_half(T* p, T value) {
  return cw::bit_cast<T>(system_update_half(p, [value](uint16_t old, uint16_t* wanted) {
    *wanted = cw::bit_cast<uint16_t>(static_cast<T>(cw::bit_cast<T>(old) + value));
    return true;
  }));
}
CW_INLINE _Float16 system_add_f16(_Float16* p, _Float16 value) { return system_add_half(p, value); }
CW_INLINE __bf16 system_add_bf16(__bf16* p, __bf16 value) { return system_add_half(p, value); }
CW_INLINE CW_v2f16 system_add_v2f16(CW_v2f16* p, CW_v2f16 value) { return add_packed(p, value, system_cas_i32); }
CW_INLINE CW_v2bf16 system_add_v2bf16(CW_v2bf16* p, CW_v2bf16 value) { return add_packed(p, value, system_cas_i32); }
CW_INLINE int16_t system_cas_i16(int16_t* p, int16_t expected, int16_t desired) {
  return static_cast<int16_t>(system_update_half(p, [expected, desired](uint16_t old, uint16_t* wanted) {
    *wanted = static_cast<uint16_t>(desired);
    return old == static_cast<uint16_t>(expected);
  }));
}

}  // namespace

#define CW_SYSTEM(op, order, scope, type, T) CW_ATOMIC(op, order, scope, type, T, system_##op##_##type(p, value))
#define CW_SYSTEM_CAS(order, scope, type, T) CW_CAS(order, scope, type, T, system_cas_##type(p, expected, desired))
#define CW_SYSTEM_ATOMICS(order, scope)           \
  CW_BITS(CW_SYSTEM, add, order, scope)           \
  CW_SYSTEM(add, order, scope, f16, _Float16)     \
  CW_SYSTEM(add, order, scope, bf16, __bf16)      \
  CW_SYSTEM(add, order, scope, f32, float)        \
  CW_SYSTEM(add, order, scope, f64, double)       \
  CW_SYSTEM(add, order, scope, v2f16, CW_v2f16)   \
  CW_SYSTEM(add, order, scope, v2bf16, CW_v2bf16) \
  CW_BITS(CW_SYSTEM, sub, order, scope)           \
  CW_BITS(CW_SYSTEM, exch, order, scope)          \
  CW_INTEGERS(CW_SYSTEM, min, order, scope)       \
  CW_INTEGERS(CW_SYSTEM, max, order, scope)       \
  CW_SYSTEM(inc, order, scope, u32, uint32_t)     \
  CW_SYSTEM(dec, order, scope, u32, uint32_t)     \
  CW_BITS(CW_SYSTEM, and, order, scope)           \
  CW_BITS(CW_SYSTEM, or, order, scope)            \
  CW_BITS(CW_SYSTEM, xor, order, scope)           \
  CW_SYSTEM_CAS(order, scope, i16, int16_t)       \
  CW_SYSTEM_CAS(order, scope, i32, int32_t)       \
  CW_SYSTEM_CAS(order, scope, i64, int64_t)
CW_ORDERS(CW_SYSTEM_ATOMICS, sys)
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
