// What every file of the NVPTX device library shares. `llvm.nvvm.*` operations are LLVM's own here; only `__cw.*` is defined.
#pragma once

#include <stdint.h>

#include "operations/operation.h"
#include "operations/vectors.h"

#ifndef CW_SM
#error "CW_SM must be the oldest architecture that this library serves"
#endif

#define CW_GLOBAL __attribute__((address_space(1)))

namespace cw {

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
