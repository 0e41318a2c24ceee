// Atomics that replace a value, some of them only where it compares equal.
#include "emulator/records/memory_atomics.hpp"

namespace cw::amd {
namespace {

template <typename T>
T swapped(T, T data) {
  return data;
}

// New value first, then what it is compared with: memory instructions, and DS instructions of gfx11 and later.
template <typename T>
T stored_if_equal(T old, T data, T compare) {
  return old == compare ? data : old;
}

// The other way round: DS instructions of gfx9 and gfx10.
template <typename T>
T compared_first(T old, T compare, T data) {
  return old == compare ? data : old;
}

template <typename T>
T replaced_under_mask(T old, T mask, T data) {
  return (old & ~mask) | data;
}

u32 wrapped(u32 old, u32 data, u32 other) { return old >= data ? old - data : old + other; }

CW_MEMORY_ATOMIC(swap_b32, Atomic<u32, &swapped<u32>, Second::kNone, false>);
CW_MEMORY_ATOMIC(swap_b64, Atomic<u64, &swapped<u64>, Second::kNone, false>);
CW_MEMORY_ATOMIC(cmpswap_b32, Atomic<u32, &stored_if_equal<u32>, Second::kFollowing, false>);
CW_MEMORY_ATOMIC(cmpswap_b64, Atomic<u64, &stored_if_equal<u64>, Second::kFollowing, false>);
CW_MEMORY_ATOMIC(cmpswap_f32, Atomic<f32, &stored_if_equal<f32>, Second::kFollowing, false>);
CW_MEMORY_ATOMIC(cmpswap_f64, Atomic<f64, &stored_if_equal<f64>, Second::kFollowing, false>);
ATOMIC_ALIAS(swap, swap_b32);
ATOMIC_ALIAS(swap_x2, swap_b64);
ATOMIC_ALIAS(cmpswap, cmpswap_b32);
ATOMIC_ALIAS(cmpswap_x2, cmpswap_b64);
ATOMIC_ALIAS(fcmpswap, cmpswap_f32);
ATOMIC_ALIAS(fcmpswap_x2, cmpswap_f64);

SHARED(ds_storexchg_rtn_b32, Atomic<u32, &swapped<u32>, Second::kNone, true>);
SHARED(ds_storexchg_rtn_b64, Atomic<u64, &swapped<u64>, Second::kNone, true>);
ALIAS(ds_wrxchg_rtn_b32, ds_storexchg_rtn_b32);
ALIAS(ds_wrxchg_rtn_b64, ds_storexchg_rtn_b64);

#define COMPARE_STORE(name, type, function)                                          \
  SHARED(ds_##name##_##type, Atomic<type, &function<type>, Second::kSource, false>); \
  SHARED(ds_##name##_rtn_##type, Atomic<type, &function<type>, Second::kSource, true>)

COMPARE_STORE(cmpstore, b32, stored_if_equal);
COMPARE_STORE(cmpstore, b64, stored_if_equal);
COMPARE_STORE(cmpstore, f32, stored_if_equal);
COMPARE_STORE(cmpstore, f64, stored_if_equal);
COMPARE_STORE(cmpst, b32, compared_first);
COMPARE_STORE(cmpst, b64, compared_first);
COMPARE_STORE(cmpst, f32, compared_first);
COMPARE_STORE(cmpst, f64, compared_first);
COMPARE_STORE(mskor, b32, replaced_under_mask);
COMPARE_STORE(mskor, b64, replaced_under_mask);

SHARED(ds_wrap_rtn_b32, Atomic<u32, &wrapped, Second::kSource, true>);

}  // namespace
}  // namespace cw::amd
