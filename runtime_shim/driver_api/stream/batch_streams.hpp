// Which streams take batches (cuMemcpyBatchAsync and the like).
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// All but the legacy default stream.
inline bool takes_batches(CUstream stream) {
  const bool per_thread = internal().thread.set_per_thread_default(false);
  internal().thread.set_per_thread_default(per_thread);
  return stream == nullptr ? per_thread : stream != CU_STREAM_LEGACY;
}

}  // namespace cw::driver
