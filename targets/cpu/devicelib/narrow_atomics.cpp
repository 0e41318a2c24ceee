// Atomic addition of 16-bit floats and pairs of them: `__cw.atom.add.<order>.<scope>.<type>` for f16, bf16, v2f16, v2bf16.
// All other atomics are LLVM instructions (passes/lower_atomics.py says why these are not). Every scope is the whole system.
#include "operations/operation.h"
#include "operations/vectors.h"

using CW_f16 = _Float16;
using CW_bf16 = __bf16;

namespace {

// Compares the bits that were read.
template <class Word, class T>
CW_INLINE T add(T* p, T value, int order) {
  auto* word = reinterpret_cast<Word*>(p);
  Word old = __atomic_load_n(word, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(word, &old, cw::bit_cast<Word>(static_cast<T>(cw::bit_cast<T>(old) + value)), true, order,
                                      __ATOMIC_RELAXED)) {
  }
  return cw::bit_cast<T>(old);
}

}  // namespace

#define CW_ADD(order, ORDER, scope, type, Word)                                                      \
  CW_DEFINE("__cw.atom.add." #order "." #scope "." #type, CW_##type, add_##order##_##scope##_##type, \
            (CW_##type * p, CW_##type value)) {                                                      \
    return add<Word>(p, value, __ATOMIC_##ORDER);                                                    \
  }
#define CW_SCOPES(order, ORDER, type, Word) \
  CW_ADD(order, ORDER, cta, type, Word)     \
  CW_ADD(order, ORDER, gpu, type, Word)     \
  CW_ADD(order, ORDER, sys, type, Word)
#define CW_ORDERS(type, Word)             \
  CW_SCOPES(relaxed, RELAXED, type, Word) \
  CW_SCOPES(acquire, ACQUIRE, type, Word) \
  CW_SCOPES(release, RELEASE, type, Word) \
  CW_SCOPES(acq_rel, ACQ_REL, type, Word) \
  CW_SCOPES(seq_cst, SEQ_CST, type, Word)
CW_ORDERS(f16, uint16_t)
CW_ORDERS(bf16, uint16_t)
CW_ORDERS(v2f16, uint32_t)
CW_ORDERS(v2bf16, uint32_t)
