// Barriers in shared memory and asynchronous copies (PTX ISA, "mbarrier", "cp.async"): instructions from sm_80 on.
#include "define.h"

#if CW_SM >= 80
namespace {
CW_INLINE uint32_t in_shared(const void* generic) {
  return (uint32_t)(uintptr_t)(const __attribute__((address_space(3))) void*)generic;
}
}  // namespace

CW_DEFINE("__cw.mbarrier.init", void, mbarrier_init, (uint64_t* barrier, uint32_t expected)) {
  asm volatile("mbarrier.init.shared.b64 [%0], %1;" ::"r"(in_shared(barrier)), "r"(expected) : "memory");
}
CW_DEFINE("__cw.mbarrier.inval", void, mbarrier_inval, (uint64_t* barrier)) {
  asm volatile("mbarrier.inval.shared.b64 [%0];" ::"r"(in_shared(barrier)) : "memory");
}
#define CW_ARRIVE(label, name, instruction)                                                               \
  CW_DEFINE(label, uint64_t, name, (uint64_t* barrier)) {                                                 \
    uint64_t token;                                                                                       \
    asm volatile(instruction ".shared.b64 %0, [%1];" : "=l"(token) : "r"(in_shared(barrier)) : "memory"); \
    return token;                                                                                         \
  }
CW_ARRIVE("__cw.mbarrier.arrive", mbarrier_arrive, "mbarrier.arrive")
CW_ARRIVE("__cw.mbarrier.arrive.drop", mbarrier_drop, "mbarrier.arrive_drop")
CW_DEFINE("__cw.mbarrier.pending.count", uint32_t, mbarrier_pending, (uint64_t token)) {
  uint32_t count;
  asm volatile("mbarrier.pending_count.b64 %0, %1;" : "=r"(count) : "l"(token));
  return count;
}

#define CW_WAIT(label, name, instruction, T, constraint)                                    \
  CW_DEFINE(label, uint32_t, name, (const uint64_t* barrier, T phase)) {                    \
    uint32_t ended;                                                                         \
    asm volatile("{\n.reg .pred p;\n" instruction " p, [%1], %2;\nselp.b32 %0, 1, 0, p;\n}" \
                 : "=r"(ended)                                                              \
                 : "r"(in_shared(barrier)), constraint(phase)                               \
                 : "memory");                                                               \
    return ended;                                                                           \
  }
CW_WAIT("__cw.mbarrier.test.wait", mbarrier_test, "mbarrier.test_wait.shared.b64", uint64_t, "l")
CW_WAIT("__cw.mbarrier.test.wait.parity", mbarrier_test_parity, "mbarrier.test_wait.parity.shared.b64", uint32_t, "r")
#if CW_SM >= 90
#define CW_TRY(label, name, instruction, T, constraint)                                         \
  CW_DEFINE(label, uint32_t, name, (const uint64_t* barrier, T phase, uint32_t nanoseconds)) {  \
    uint32_t ended;                                                                             \
    asm volatile("{\n.reg .pred p;\n" instruction " p, [%1], %2, %3;\nselp.b32 %0, 1, 0, p;\n}" \
                 : "=r"(ended)                                                                  \
                 : "r"(in_shared(barrier)), constraint(phase), "r"(nanoseconds)                 \
                 : "memory");                                                                   \
    return ended;                                                                               \
  }
CW_TRY("__cw.mbarrier.try.wait", mbarrier_try, "mbarrier.try_wait.shared.b64", uint64_t, "l")
CW_TRY("__cw.mbarrier.try.wait.parity", mbarrier_try_parity, "mbarrier.try_wait.parity.shared.b64", uint32_t, "r")
#else
CW_DEFINE("__cw.mbarrier.try.wait", uint32_t, mbarrier_try, (const uint64_t* barrier, uint64_t token, uint32_t)) {
  return mbarrier_test(barrier, token);
}
CW_DEFINE("__cw.mbarrier.try.wait.parity", uint32_t, mbarrier_try_parity, (const uint64_t* barrier, uint32_t parity, uint32_t)) {
  return mbarrier_test_parity(barrier, parity);
}
#endif

#define CW_COPY(bytes, cache)                                                                            \
  CW_DEFINE("__cw.cp.async." #bytes, void, copy_##bytes, (void* to, const void* from, uint32_t count)) { \
    asm volatile("cp.async." cache ".shared.global [%0], [%1], " #bytes ", %2;" ::"r"(in_shared(to)),    \
                 "l"((const CW_GLOBAL void*)from), "r"(count)                                            \
                 : "memory");                                                                            \
  }
CW_COPY(4, "ca")
CW_COPY(8, "ca")
CW_COPY(16, "cg")
CW_DEFINE("__cw.cp.async.commit", void, copy_commit, ()) { asm volatile("cp.async.commit_group;" ::: "memory"); }
CW_DEFINE("__cw.cp.async.wait.all", void, copy_wait_all, ()) { asm volatile("cp.async.wait_all;" ::: "memory"); }
// The count is part of the instruction. Fewer groups may be left than asked for.
CW_DEFINE("__cw.cp.async.wait", void, copy_wait, (uint32_t left)) {
  switch (left) {
    case 0:
      asm volatile("cp.async.wait_group 0;" ::: "memory");
      break;
    case 1:
      asm volatile("cp.async.wait_group 1;" ::: "memory");
      break;
    case 2:
      asm volatile("cp.async.wait_group 2;" ::: "memory");
      break;
    case 3:
      asm volatile("cp.async.wait_group 3;" ::: "memory");
      break;
    case 4:
      asm volatile("cp.async.wait_group 4;" ::: "memory");
      break;
    case 5:
      asm volatile("cp.async.wait_group 5;" ::: "memory");
      break;
    case 6:
      asm volatile("cp.async.wait_group 6;" ::: "memory");
      break;
    case 7:
      asm volatile("cp.async.wait_group 7;" ::: "memory");
      break;
    default:
      asm volatile("cp.async.wait_group 8;" ::: "memory");
  }
}
CW_DEFINE("__cw.cp.async.arrive", void, copy_arrive, (uint64_t* barrier)) {
  asm volatile("cp.async.mbarrier.arrive.shared.b64 [%0];" ::"r"(in_shared(barrier)) : "memory");
}
#else
namespace cw::mbarrier {
CW_INLINE void fence() { cw::fence<cw::Scope::cta, false>(); }
}  // namespace cw::mbarrier
#include "operations/mbarrier.h"

CW_MBARRIER("__cw.", , "", named)
CW_DEFINE("__cw.mbarrier.pending.count", uint32_t, mbarrier_pending, (uint64_t token)) { return token >> 20 & cw::mbarrier::kMost; }
CW_MBARRIER_WAITS
CW_NAMED_COPIES
#endif
