#include "core/launch_attributes.hpp"

namespace cw {
namespace {

constexpr uint64_t kPortableCluster = 8;
constexpr uint64_t kLargestCluster = 16;

bool is_ratio(float value) { return value >= 0.0f && value <= 1.0f; }

bool is_property(cudaAccessProperty property) {
  return property >= cudaAccessPropertyNormal && property <= cudaAccessPropertyPersisting;
}

cudaError_t valid_if(bool valid) { return valid ? cudaSuccess : cudaErrorInvalidValue; }

// What of the list changes how the launch is made. The others are hints.
cudaError_t take(const cudaLaunchAttribute& attribute, LaunchAttributes* out) {
  const cudaLaunchAttributeValue& value = attribute.val;
  switch (attribute.id) {
    case cudaLaunchAttributeCooperative:
      out->cooperative = value.cooperative != 0;
      return cudaSuccess;
    case cudaLaunchAttributeClusterDimension:
      out->cluster = dim3(value.clusterDim.x, value.clusterDim.y, value.clusterDim.z);
      return cudaSuccess;
    case cudaLaunchAttributePriority:
      out->has_priority = true;
      out->priority = value.priority;
      return cudaSuccess;
    case cudaLaunchAttributeProgrammaticEvent:
      out->after = value.programmaticEvent.event;
      return cudaSuccess;
    case cudaLaunchAttributeLaunchCompletionEvent:
      out->after = value.launchCompletionEvent.event;
      return cudaSuccess;
    case cudaLaunchAttributeDeviceUpdatableKernelNode:
      return value.deviceUpdatableKernelNode.deviceUpdatable != 0 ? cudaErrorNotSupported : cudaSuccess;
    default:
      return cudaSuccess;
  }
}

}  // namespace

cudaError_t check_launch_attribute(cudaLaunchAttributeID id, const cudaLaunchAttributeValue& value) {
  switch (id) {
    case cudaLaunchAttributeAccessPolicyWindow: {
      const cudaAccessPolicyWindow& window = value.accessPolicyWindow;
      const bool known = is_property(window.hitProp) && is_property(window.missProp);
      return valid_if(is_ratio(window.hitRatio) && known && window.missProp != cudaAccessPropertyPersisting);
    }
    case cudaLaunchAttributeSynchronizationPolicy:
      return valid_if(value.syncPolicy >= cudaSyncPolicyAuto && value.syncPolicy <= cudaSyncPolicyBlockingSync);
    case cudaLaunchAttributeClusterDimension:
      return valid_if(value.clusterDim.x != 0 && value.clusterDim.y != 0 && value.clusterDim.z != 0);
    case cudaLaunchAttributeClusterSchedulingPolicyPreference:
      return valid_if(value.clusterSchedulingPolicyPreference >= cudaClusterSchedulingPolicyDefault &&
                      value.clusterSchedulingPolicyPreference <= cudaClusterSchedulingPolicyLoadBalancing);
    case cudaLaunchAttributeMemSyncDomain:
      return valid_if(value.memSyncDomain == cudaLaunchMemSyncDomainDefault ||
                      value.memSyncDomain == cudaLaunchMemSyncDomainRemote);
    case cudaLaunchAttributePreferredSharedMemoryCarveout:
      return valid_if(value.sharedMemCarveout <= 100 || static_cast<int>(value.sharedMemCarveout) == -1);
    case cudaLaunchAttributeIgnore:
    case cudaLaunchAttributeCooperative:
    case cudaLaunchAttributeProgrammaticStreamSerialization:
    case cudaLaunchAttributeProgrammaticEvent:
    case cudaLaunchAttributePriority:
    case cudaLaunchAttributeMemSyncDomainMap:
    case cudaLaunchAttributePreferredClusterDimension:
    case cudaLaunchAttributeLaunchCompletionEvent:
    case cudaLaunchAttributeDeviceUpdatableKernelNode:
    case cudaLaunchAttributeNvlinkUtilCentricScheduling:
      return cudaSuccess;
    default:
      return cudaErrorInvalidValue;
  }
}

cudaError_t read_launch_attributes(const cudaLaunchAttribute* list, unsigned count, LaunchAttributes* out) {
  if (count != 0 && list == nullptr) return cudaErrorInvalidValue;
  for (unsigned i = 0; i < count; ++i) {
    cudaError_t error = check_launch_attribute(list[i].id, list[i].val);
    if (error == cudaSuccess) error = take(list[i], out);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}

int clamp_priority(const Device& device, int priority) {
  int least = 0;
  int greatest = 0;
  device.priority_range(&least, &greatest);
  return priority > least ? least : priority < greatest ? greatest : priority;
}

cudaError_t check_cluster(const dim3& cluster, const dim3& grid, bool non_portable) {
  const uint64_t blocks = static_cast<uint64_t>(cluster.x) * cluster.y * cluster.z;
  const bool divides = grid.x % cluster.x == 0 && grid.y % cluster.y == 0 && grid.z % cluster.z == 0;
  const bool fits = blocks <= (non_portable ? kLargestCluster : kPortableCluster);
  return divides && fits ? cudaSuccess : cudaErrorInvalidClusterSize;
}

}  // namespace cw
