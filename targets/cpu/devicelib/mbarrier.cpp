// Barriers in shared memory. The threads of a block and of a cluster run on one thread of the host: a look at memory is enough, and
// a thread that finds the phase still going gives way (threads/mbarrier.cpp).
#include <stdint.h>

#include "operations/operation.h"

namespace cw::mbarrier {
CW_INLINE void fence() { __atomic_signal_fence(__ATOMIC_ACQ_REL); }
}  // namespace cw::mbarrier
#include "operations/mbarrier.h"

CW_MBARRIER("__cw.", , "", named)
CW_MBARRIER("__nvvm.", , "", generic)
CW_MBARRIER("__nvvm.", , ".shared", shared)
CW_COPY_ARRIVAL(, "", generic)
CW_COPY_ARRIVAL(, ".shared", shared)
CW_MBARRIER_TOKEN
CW_MBARRIER_BYTES
CW_NAMED_COPIES

CW_DEFINE("__cwcpu.mbarrier.ended", bool, mbarrier_ended, (const uint64_t* barrier, uint64_t parity)) {
  return cw::mbarrier::has_ended(barrier, parity);
}
