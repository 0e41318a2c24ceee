// Packed 16-bit atomics, `__cw.atom.add.<order>.<scope>.v2f16` and `.v2bf16`; the old value is returned. All other atomics are
// LLVM instructions (ir/passes/scoped_atomics.py), except those on 128 bits, which AMD processors do not have.
//
// A loop of compare-and-swaps: not every processor of a family has the packed instructions.
#include "operations/vectors.h"
#include "wave.h"

#define CW_PACKED_ADD(order, ORDER, FAILURE, scope, SCOPE, type)                                                               \
  CW_DEFINE("__cw.atom.add." #order "." #scope "." #type, CW_##type, add_##order##_##scope##_##type,                           \
            (CW_##type * p, CW_##type value)) {                                                                                \
    auto* word = reinterpret_cast<uint32_t*>(p);                                                                               \
    uint32_t old = __scoped_atomic_load_n(word, __ATOMIC_RELAXED, __MEMORY_SCOPE_##SCOPE);                                     \
    while (!__scoped_atomic_compare_exchange_n(word, &old, cw::bit_cast<uint32_t>(cw::bit_cast<CW_##type>(old) + value), true, \
                                               __ATOMIC_##ORDER, __ATOMIC_##FAILURE, __MEMORY_SCOPE_##SCOPE)) {                \
    }                                                                                                                          \
    return cw::bit_cast<CW_##type>(old);                                                                                       \
  }
#define CW_SCOPES(order, ORDER, FAILURE, type)            \
  CW_PACKED_ADD(order, ORDER, FAILURE, cta, WRKGRP, type) \
  CW_PACKED_ADD(order, ORDER, FAILURE, gpu, DEVICE, type) \
  CW_PACKED_ADD(order, ORDER, FAILURE, sys, SYSTEM, type)
// A failed compare-and-swap only loads: its order is the success order without the release part.
#define CW_ORDERS(type)                      \
  CW_SCOPES(relaxed, RELAXED, RELAXED, type) \
  CW_SCOPES(acquire, ACQUIRE, ACQUIRE, type) \
  CW_SCOPES(release, RELEASE, RELAXED, type) \
  CW_SCOPES(acq_rel, ACQ_REL, ACQUIRE, type) \
  CW_SCOPES(seq_cst, SEQ_CST, SEQ_CST, type)
CW_ORDERS(v2f16)
CW_ORDERS(v2bf16)
