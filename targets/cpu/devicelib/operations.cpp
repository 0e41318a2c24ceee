// Operations that need neither the thread's context nor an instruction of their own: fences, prefetches, copies, clocks.
#include <stdint.h>

#define CW_DEFINE(label, result, name, parameters)  \
  extern "C" result name parameters __asm__(label); \
  extern "C" result name parameters

namespace {
inline void fence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
}  // namespace

CW_DEFINE("__nvvm.membar.cta", void, membar_cta, ()) { fence(); }
CW_DEFINE("__nvvm.membar.gl", void, membar_gl, ()) { fence(); }
CW_DEFINE("__nvvm.membar.sys", void, membar_sys, ()) { fence(); }

#define CW_PREFETCH(name, space)                                                                                                   \
  CW_DEFINE("__nvvm.prefetch" space ".L1", void, prefetch_##name##_l1, (const void* memory)) { __builtin_prefetch(memory, 0, 3); } \
  CW_DEFINE("__nvvm.prefetch" space ".L2", void, prefetch_##name##_l2, (const void* memory)) { __builtin_prefetch(memory, 0, 2); }
CW_PREFETCH(generic, "")
CW_PREFETCH(global, ".global")
CW_PREFETCH(local, ".local")

// Asynchronous copies are done at once. The `.s` forms read `size` bytes and fill the rest with zeroes.
#define CW_COPY(cache, bytes)                                                                                                 \
  CW_DEFINE("__nvvm.cp.async." #cache ".shared.global." #bytes, void, copy_##cache##_##bytes, (void* to, const void* from)) { \
    __builtin_memcpy(to, from, bytes);                                                                                        \
  }                                                                                                                           \
  CW_DEFINE("__nvvm.cp.async." #cache ".shared.global." #bytes ".s", void, copy_##cache##_##bytes##_s,                        \
            (void* to, const void* from, uint32_t size)) {                                                                    \
    uint8_t buffer[bytes] = {};                                                                                               \
    const uint8_t* source = static_cast<const uint8_t*>(from);                                                                \
    for (uint32_t i = 0; i < bytes && i < size; ++i) buffer[i] = source[i];                                                   \
    __builtin_memcpy(to, buffer, bytes);                                                                                      \
  }
CW_COPY(ca, 4)
CW_COPY(ca, 8)
CW_COPY(ca, 16)
CW_COPY(cg, 16)
CW_DEFINE("__nvvm.cp.async.commit.group", void, cp_async_commit, ()) {}
CW_DEFINE("__nvvm.cp.async.wait.group", void, cp_async_wait, (uint32_t)) {}
CW_DEFINE("__nvvm.cp.async.wait.all", void, cp_async_wait_all, ()) {}

CW_DEFINE("__nvvm.read.ptx.sreg.clock", uint32_t, read_clock, ()) { return static_cast<uint32_t>(__builtin_readcyclecounter()); }
CW_DEFINE("__nvvm.read.ptx.sreg.clock.hi", uint32_t, read_clock_high, ()) {
  return static_cast<uint32_t>(__builtin_readcyclecounter() >> 32);
}
CW_DEFINE("__nvvm.read.ptx.sreg.clock64", uint64_t, read_clock64, ()) { return __builtin_readcyclecounter(); }
// A block has a multiprocessor of its own: there is no other to tell it from.
CW_DEFINE("__nvvm.read.ptx.sreg.smid", uint32_t, read_smid, ()) { return 0; }
CW_DEFINE("__nvvm.read.ptx.sreg.nsmid", uint32_t, read_nsmid, ()) { return 1; }
CW_DEFINE("__nvvm.read.ptx.sreg.gridid", uint32_t, read_gridid, ()) { return 0; }
