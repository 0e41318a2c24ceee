// Barriers in shared memory (PTX ISA, "mbarrier") for targets without instructions for them. Each user says what fence() is.
//
// The state is a 64-bit word: bits 0-19 the arrivals that a phase expects, 20-39 those still missing, 40-61 the bytes still
// expected, which may be negative for a while, 63 the phase's parity. The token of an arrival is the state before it.
#pragma once

#include "operations/operation.h"

namespace cw::mbarrier {

constexpr uint64_t kMost = (1u << 20) - 1;
constexpr uint64_t kMostBytes = (1u << 22) - 1;

CW_INLINE uint64_t load(const uint64_t* barrier) {
  return __scoped_atomic_load_n(barrier, __ATOMIC_RELAXED, __MEMORY_SCOPE_WRKGRP);
}
CW_INLINE uint64_t new_phase(uint64_t expected, uint64_t parity) { return expected | expected << 20 | parity << 63; }

// So many threads arrive, of which `dropped` will not come again; `bytes` more are expected, or fewer: they have come.
struct Change {
  uint64_t arrived, dropped, bytes;
};
CW_INLINE uint64_t after(uint64_t state, Change change) {
  const uint64_t expected = (state & kMost) - change.dropped, missing = (state >> 20 & kMost) - change.arrived;
  const uint64_t bytes = ((state >> 40) + change.bytes) & kMostBytes;
  if (missing == 0 && bytes == 0) return new_phase(expected, ~state >> 63);
  return expected | missing << 20 | bytes << 40 | (state >> 63) << 63;
}
CW_INLINE uint64_t update(uint64_t* barrier, Change change) {
  fence();
  uint64_t old = load(barrier);
  while (!__scoped_atomic_compare_exchange_n(barrier, &old, after(old, change), false, __ATOMIC_RELAXED, __ATOMIC_RELAXED,
                                             __MEMORY_SCOPE_WRKGRP)) {
  }
  fence();
  return old;
}
CW_INLINE uint64_t arrive(uint64_t* barrier, uint64_t dropped) { return update(barrier, {1, dropped, 0}); }
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
// Several arrivals at once, and bytes that copies announce and deliver.
#define CW_MBARRIER_BYTES                                                                                                      \
  CW_DEFINE("__cw.mbarrier.arrive.tx", uint64_t, mbarrier_arrive_tx, (uint64_t* barrier, uint32_t count, uint32_t bytes)) {    \
    return cw::mbarrier::update(barrier, {count, 0, bytes});                                                                   \
  }                                                                                                                            \
  CW_DEFINE("__cw.mbarrier.arrive.drop.tx", uint64_t, mbarrier_drop_tx, (uint64_t* barrier, uint32_t count, uint32_t bytes)) { \
    return cw::mbarrier::update(barrier, {count, count, bytes});                                                               \
  }                                                                                                                            \
  CW_DEFINE("__cw.mbarrier.expect.tx", void, mbarrier_expect_tx, (uint64_t* barrier, uint32_t bytes)) {                        \
    cw::mbarrier::update(barrier, {0, 0, bytes});                                                                              \
  }                                                                                                                            \
  CW_DEFINE("__cw.mbarrier.complete.tx", void, mbarrier_complete_tx, (uint64_t* barrier, uint32_t bytes)) {                    \
    cw::mbarrier::update(barrier, {0, 0, 0ull - bytes});                                                                       \
  }
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
// A multiple of 16 bytes from and to multiples of 16.
#define CW_BULK_COPY                                                                                           \
  CW_DEFINE("__cw.cp.async.bulk", void, named_copy_bulk, (void* to, const void* from, uint32_t bytes)) {       \
    typedef uint32_t Words __attribute__((ext_vector_type(4)));                                                \
    for (uint32_t i = 0; i < bytes / 16; ++i) static_cast<Words*>(to)[i] = static_cast<const Words*>(from)[i]; \
  }
#define CW_NAMED_COPIES                                                 \
  CW_NAMED_COPY(4)                                                      \
  CW_NAMED_COPY(8)                                                      \
  CW_NAMED_COPY(16)                                                     \
  CW_BULK_COPY                                                          \
  CW_DEFINE("__cw.cp.async.commit", void, named_copy_commit, ()) {}     \
  CW_DEFINE("__cw.cp.async.wait", void, named_copy_wait, (uint32_t)) {} \
  CW_DEFINE("__cw.cp.async.wait.all", void, named_copy_wait_all, ()) {} \
  CW_DEFINE("__cw.cp.async.arrive", void, named_copy_arrive, (uint64_t*)) {}
