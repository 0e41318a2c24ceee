// Values of launch attributes by number. Guarded: any thread may read and write.
#pragma once

#include <driver_types.h>

#include "core/sync.hpp"

namespace cw {

class AttributeValues {
 public:
  AttributeValues() {
    values_[cudaLaunchAttributeSynchronizationPolicy].syncPolicy = cudaSyncPolicyAuto;
    values_[cudaLaunchAttributeMemSyncDomainMap].memSyncDomainMap.remote = 1;
  }
  void set(cudaLaunchAttributeID id, const cudaLaunchAttributeValue& value) {
    Lock lock(mutex_);
    values_[id] = value;
  }
  cudaLaunchAttributeValue get(cudaLaunchAttributeID id) {
    Lock lock(mutex_);
    return values_[id];
  }

 private:
  Mutex mutex_;
  cudaLaunchAttributeValue values_[cudaLaunchAttributeMemSyncDomain + 1] = {};
};

}  // namespace cw
