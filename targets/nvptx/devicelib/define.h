// What every file of the NVPTX device library shares. `llvm.nvvm.*` operations are LLVM's own here; only `__cw.*` is defined.
#pragma once

#include <stdint.h>

#ifndef CW_SM
#error "CW_SM must be the oldest architecture that this library serves"
#endif

// Defines a function whose symbol is `label`, e.g. CW_DEFINE("__cw.trap", void, device_trap, ()) { ... }
#define CW_DEFINE(label, result, name, parameters)  \
  extern "C" result name parameters __asm__(label); \
  extern "C" result name parameters

#define CW_INLINE [[gnu::always_inline]] static inline
#define CW_GLOBAL __attribute__((address_space(1)))

#define CW_VECTOR(name, n, T) typedef T CW_##name __attribute__((ext_vector_type(n)));
CW_VECTOR(v2i8, 2, int8_t)
CW_VECTOR(v4i8, 4, int8_t)
CW_VECTOR(v2i16, 2, int16_t)
CW_VECTOR(v4i16, 4, int16_t)
CW_VECTOR(v2i32, 2, int32_t)
CW_VECTOR(v4i32, 4, int32_t)
CW_VECTOR(v2i64, 2, int64_t)
CW_VECTOR(v2f32, 2, float)
CW_VECTOR(v4f32, 4, float)
CW_VECTOR(v2f64, 2, double)
CW_VECTOR(v2f16, 2, _Float16)
CW_VECTOR(v2bf16, 2, __bf16)
#undef CW_VECTOR

namespace cw {

template <class To, class From>
CW_INLINE To bit_cast(From value) {
  static_assert(sizeof(To) == sizeof(From));
  return __builtin_bit_cast(To, value);
}

// MEMBAR before sm_70, FENCE from there on. Stronger than asked for is right, weaker never.
enum class Scope { cta, gpu, sys };
template <Scope scope, bool sequential>
CW_INLINE void fence() {
#if CW_SM >= 70
  if constexpr (sequential) {
    if constexpr (scope == Scope::cta) asm volatile("fence.sc.cta;" ::: "memory");
    if constexpr (scope == Scope::gpu) asm volatile("fence.sc.gpu;" ::: "memory");
    if constexpr (scope == Scope::sys) asm volatile("fence.sc.sys;" ::: "memory");
  } else {
    if constexpr (scope == Scope::cta) asm volatile("fence.acq_rel.cta;" ::: "memory");
    if constexpr (scope == Scope::gpu) asm volatile("fence.acq_rel.gpu;" ::: "memory");
    if constexpr (scope == Scope::sys) asm volatile("fence.acq_rel.sys;" ::: "memory");
  }
#else
  if constexpr (scope == Scope::cta) asm volatile("membar.cta;" ::: "memory");
  if constexpr (scope == Scope::gpu) asm volatile("membar.gl;" ::: "memory");
  if constexpr (scope == Scope::sys) asm volatile("membar.sys;" ::: "memory");
#endif
}

}  // namespace cw
