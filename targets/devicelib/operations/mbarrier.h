// Barriers in shared memory (PTX ISA, "mbarrier") for targets without instructions for them. Each user says what fence() is.
//
// The state is a 64-bit word: bits 0-19 the arrivals that a phase expects, 20-39 those still missing, 63 the phase's parity. The
// token of an arrival is the state before it.
#pragma once

#include "operations/operation.h"

namespace cw::mbarrier {

constexpr uint64_t kMost = (1u << 20) - 1;

CW_INLINE uint64_t load(const uint64_t* barrier) {
  return __scoped_atomic_load_n(barrier, __ATOMIC_RELAXED, __MEMORY_SCOPE_WRKGRP);
}
CW_INLINE uint64_t new_phase(uint64_t expected, uint64_t parity) { return expected | expected << 20 | parity << 63; }
CW_INLINE uint64_t after_arrival(uint64_t state, uint64_t dropped) {
  const uint64_t expected = (state & kMost) - dropped, missing = (state >> 20 & kMost) - 1;
  return missing == 0 ? new_phase(expected, ~state >> 63) : expected | missing << 20 | (state >> 63) << 63;
}
CW_INLINE uint64_t arrive(uint64_t* barrier, uint64_t dropped) {
  fence();
  uint64_t old = load(barrier);
  while (!__scoped_atomic_compare_exchange_n(barrier, &old, after_arrival(old, dropped), false, __ATOMIC_RELAXED, __ATOMIC_RELAXED,
                                             __MEMORY_SCOPE_WRKGRP)) {
  }
  fence();
  return old;
}
// Whether the phase with this parity has ended.
CW_INLINE bool has_ended(const uint64_t* barrier, uint64_t parity) {
  const bool ended = load(barrier) >> 63 != parity;
  fence();
  return ended;
}

}  // namespace cw::mbarrier

#define CW_MBARRIER(prefix, space, suffix, id)                                                                       \
  CW_DEFINE(prefix "mbarrier.init" suffix, void, mbarrier_init_##id, (space uint64_t* barrier, uint32_t expected)) { \
    *barrier = cw::mbarrier::new_phase(expected, 0);                                                                 \
  }                                                                                                                  \
  CW_DEFINE(prefix "mbarrier.inval" suffix, void, mbarrier_inval_##id, (space uint64_t*)) {}                         \
  CW_DEFINE(prefix "mbarrier.arrive" suffix, uint64_t, mbarrier_arrive_##id, (space uint64_t* barrier)) {            \
    return cw::mbarrier::arrive((uint64_t*)barrier, 0);                                                              \
  }                                                                                                                  \
  CW_DEFINE(prefix "mbarrier.arrive.drop" suffix, uint64_t, mbarrier_drop_##id, (space uint64_t* barrier)) {         \
    return cw::mbarrier::arrive((uint64_t*)barrier, 1);                                                              \
  }
// The thread's copies are done when it comes here: an arrival for them, or a promised one together with its promise, which is none.
#define CW_COPY_ARRIVAL(space, suffix, id)                                                                             \
  CW_DEFINE("__nvvm.cp.async.mbarrier.arrive" suffix, void, copy_arrive_##id, (space uint64_t*)) {}                    \
  CW_DEFINE("__nvvm.cp.async.mbarrier.arrive.noinc" suffix, void, copy_arrive_noinc_##id, (space uint64_t* barrier)) { \
    cw::mbarrier::arrive((uint64_t*)barrier, 0);                                                                       \
  }
#define CW_MBARRIER_TOKEN                                                                  \
  CW_DEFINE("__cw.mbarrier.pending.count", uint32_t, mbarrier_pending, (uint64_t token)) { \
    return token >> 20 & cw::mbarrier::kMost;                                              \
  }                                                                                        \
  CW_DEFINE("__nvvm.mbarrier.pending.count", uint32_t, mbarrier_pending_nvvm, (uint64_t token)) { return mbarrier_pending(token); }
// Waiting where threads make progress by themselves: a look.
#define CW_MBARRIER_WAITS                                                                                                   \
  CW_DEFINE("__cw.mbarrier.test.wait", uint32_t, mbarrier_test, (const uint64_t* barrier, uint64_t token)) {                \
    return cw::mbarrier::has_ended(barrier, token >> 63);                                                                   \
  }                                                                                                                         \
  CW_DEFINE("__cw.mbarrier.test.wait.parity", uint32_t, mbarrier_test_parity, (const uint64_t* barrier, uint32_t parity)) { \
    return cw::mbarrier::has_ended(barrier, parity);                                                                        \
  }                                                                                                                         \
  CW_DEFINE("__cw.mbarrier.try.wait", uint32_t, mbarrier_try, (const uint64_t* barrier, uint64_t token, uint32_t)) {        \
    return mbarrier_test(barrier, token);                                                                                   \
  }                                                                                                                         \
  CW_DEFINE("__cw.mbarrier.try.wait.parity", uint32_t, mbarrier_try_parity,                                                 \
            (const uint64_t* barrier, uint32_t parity, uint32_t)) {                                                         \
    return mbarrier_test_parity(barrier, parity);                                                                           \
  }
// Asynchronous copies that are done at once.
#define CW_NAMED_COPY(bytes)                                                                                   \
  CW_DEFINE("__cw.cp.async." #bytes, void, named_copy_##bytes, (void* to, const void* from, uint32_t count)) { \
    uint32_t words[bytes / 4];                                                                                 \
    if (count == bytes) {                                                                                      \
      __builtin_memcpy(words, __builtin_assume_aligned(from, bytes), bytes);                                   \
    } else {                                                                                                   \
      unsigned char part[bytes] = {};                                                                          \
      for (uint32_t i = 0; i < bytes && i < count; ++i) part[i] = static_cast<const unsigned char*>(from)[i];  \
      __builtin_memcpy(words, part, bytes);                                                                    \
    }                                                                                                          \
    __builtin_memcpy(__builtin_assume_aligned(to, bytes), words, bytes);                                       \
  }
#define CW_NAMED_COPIES                                                 \
  CW_NAMED_COPY(4)                                                      \
  CW_NAMED_COPY(8)                                                      \
  CW_NAMED_COPY(16)                                                     \
  CW_DEFINE("__cw.cp.async.commit", void, named_copy_commit, ()) {}     \
  CW_DEFINE("__cw.cp.async.wait", void, named_copy_wait, (uint32_t)) {} \
  CW_DEFINE("__cw.cp.async.wait.all", void, named_copy_wait_all, ()) {} \
  CW_DEFINE("__cw.cp.async.arrive", void, named_copy_arrive, (uint64_t*)) {}
