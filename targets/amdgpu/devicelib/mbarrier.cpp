// Barriers in shared memory. AMD hardware has none of the kind: they are counted in the word itself.
#include "wave.h"

namespace cw::mbarrier {
CW_INLINE void fence() { __builtin_amdgcn_fence(__ATOMIC_ACQ_REL, "workgroup"); }
}  // namespace cw::mbarrier
#include "operations/mbarrier.h"

CW_MBARRIER("__cw.", , "", named)
CW_MBARRIER("__nvvm.", , "", generic)
CW_MBARRIER("__nvvm.", CW_SHARED, ".shared", shared)
CW_COPY_ARRIVAL(, "", generic)
CW_COPY_ARRIVAL(CW_SHARED, ".shared", shared)
CW_MBARRIER_TOKEN
CW_MBARRIER_BYTES
CW_MBARRIER_WAITS
CW_NAMED_COPIES

CW_DEFINE("__nvvm.mbarrier.test.wait", bool, mbarrier_test_generic, (const uint64_t* barrier, uint64_t token)) {
  return mbarrier_test(barrier, token);
}
CW_DEFINE("__nvvm.mbarrier.test.wait.shared", bool, mbarrier_test_shared, (const CW_SHARED uint64_t* barrier, uint64_t token)) {
  return mbarrier_test((const uint64_t*)barrier, token);
}
