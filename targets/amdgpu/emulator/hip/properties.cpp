// What the emulated devices say about themselves: limits are the processor's, clocks and widths nominal values of a card.
#include "emulator/hip/properties.hpp"

#include <cstdio>
#include <cstring>

#include "devices/texture_limits.hpp"
#include "emulator/hip/call.hpp"
#include "emulator/hip/device.hpp"
#include "emulator/hip/memory.hpp"

namespace cw::amdhip {
namespace {

constexpr int kVersion = 60000000;                    // ROCm 6.0
constexpr unsigned kFeatures = 0xffff & ~(1u << 11);  // all of hipDeviceArch_t but funnel shifts and dynamic parallelism

void set_execution(Properties* p, const Device& device) {
  const Facts& facts = device.facts();
  p->warpSize = facts.lanes;
  p->major = facts.major;
  p->minor = facts.minor;
  p->multiProcessorCount = device.multiprocessors();
  p->maxThreadsPerBlock = kMaxThreads;
  for (int i = 0; i < 3; ++i) p->maxThreadsDim[i] = kMaxThreads;
  p->maxGridSize[0] = 0x7fffffff;
  p->maxGridSize[1] = p->maxGridSize[2] = 65536;
  p->maxThreadsPerMultiProcessor = 2048;
  p->maxBlocksPerMultiProcessor = kMaxBlocks;
  p->regsPerBlock = p->regsPerMultiprocessor = 65536;
  p->clockRate = p->clock_instruction_rate = 2000000;
  p->features = kFeatures;
}

void set_memory(Properties* p, const Facts& facts) {
  size_t free_bytes = 0;
  memory().info(&free_bytes, &p->totalGlobalMem);
  p->sharedMemPerBlock = p->sharedMemPerBlockOptin = facts.lds_bytes;
  // HIP counts a compute unit's, also where two share a work group processor's: no block can have more
  p->sharedMemPerMultiprocessor = p->max_shared_per_multiprocessor = facts.lds_bytes;
  p->totalConstMem = 0x7fffffff;
  p->memPitch = 0x7fffffff;
  p->l2CacheSize = 4 << 20;
  p->memoryClockRate = 1000000;
  p->memoryBusWidth = 256;
}

void set_abilities(Properties* p) {
  p->canMapHostMemory = p->unifiedAddressing = p->managedMemory = p->concurrentManagedAccess = 1;
  p->pageableMemoryAccess = p->pageableMemoryAccessUsesHostPageTables = p->directManagedMemAccessFromHost = 1;
  p->canUseHostPointerForRegisteredMem = p->hostRegisterSupported = p->hostNativeAtomicSupported = 1;
  p->concurrentKernels = p->deviceOverlap = p->asyncEngineCount = 1;
  p->streamPrioritiesSupported = p->cooperativeLaunch = p->memoryPoolsSupported = 1;
  p->globalL1CacheSupported = p->localL1CacheSupported = 1;
  p->singleToDoublePrecisionPerfRatio = 2;
}

}  // namespace

Properties properties_of(const Device& device) {
  Properties p = {};
  snprintf(p.name, sizeof p.name, "Emulated %s", device.facts().arch);
  snprintf(p.gcn_arch, sizeof p.gcn_arch, "%s", device.facts().gcn_arch);
  char uuid[sizeof p.uuid + 1];
  snprintf(uuid, sizeof uuid, "cw-emulated-%04d", device.index());
  memcpy(&p.uuid, uuid, sizeof p.uuid);
  p.pciBusID = device.index();
  set_execution(&p, device);
  set_memory(&p, device.facts());
  set_abilities(&p);
  texture_limits::describe(&p);
  return p;
}

HIP_API int hipGetDevicePropertiesR0600(Properties* out, int index) {
  return answer([&] {
    const Device* device = device_at(index);
    if (out == nullptr) return hipErrorInvalidValue;
    if (device == nullptr) return hipErrorInvalidDevice;
    *out = properties_of(*device);
    return hipSuccess;
  });
}

HIP_API int hipRuntimeGetVersion(int* version) {
  return answer([&] { return version == nullptr ? hipErrorInvalidValue : (*version = kVersion, hipSuccess); });
}
HIP_API int hipDriverGetVersion(int* version) { return hipRuntimeGetVersion(version); }

HIP_API int hipDeviceGet(int* out, int index) {
  return answer([&] {
    if (out == nullptr || device_at(index) == nullptr) return hipErrorInvalidDevice;
    *out = index;
    return hipSuccess;
  });
}
HIP_API int hipDeviceGetName(char* name, int bytes, int index) {
  return answer([&] {
    if (device_at(index) == nullptr) return hipErrorInvalidDevice;
    if (name == nullptr || bytes <= 0) return hipErrorInvalidValue;
    snprintf(name, static_cast<size_t>(bytes), "Emulated %s", device_at(index)->facts().arch);
    return hipSuccess;
  });
}
HIP_API int hipDeviceGetUuid(void* uuid, int index) {
  return answer([&] {
    if (device_at(index) == nullptr) return hipErrorInvalidDevice;
    const Properties p = properties_of(*device_at(index));
    memcpy(uuid, &p.uuid, sizeof p.uuid);
    return hipSuccess;
  });
}
HIP_API int hipDeviceTotalMem(size_t* bytes, int index) {
  return answer([&] {
    if (device_at(index) == nullptr) return hipErrorInvalidDevice;
    size_t free_bytes = 0;
    memory().info(&free_bytes, bytes);
    return hipSuccess;
  });
}
HIP_API int hipDeviceComputeCapability(int* major, int* minor, int index) {
  return answer([&] {
    if (device_at(index) == nullptr) return hipErrorInvalidDevice;
    *major = device_at(index)->facts().major;
    *minor = device_at(index)->facts().minor;
    return hipSuccess;
  });
}
HIP_API int hipDeviceGetPCIBusId(char* text, int bytes, int index) {
  return answer([&] {
    if (device_at(index) == nullptr) return hipErrorInvalidDevice;
    if (text == nullptr || bytes < 13) return hipErrorInvalidValue;
    snprintf(text, static_cast<size_t>(bytes), "0000:%02x:00.0", static_cast<unsigned>(index));
    return hipSuccess;
  });
}
HIP_API int hipDeviceGetByPCIBusId(int* out, const char* text) {
  return answer([&] {
    unsigned bus = 0;
    if (out == nullptr || text == nullptr || sscanf(text, "%*x:%x:", &bus) != 1) return hipErrorInvalidValue;
    if (device_at(static_cast<int>(bus)) == nullptr) return hipErrorInvalidDevice;
    *out = static_cast<int>(bus);
    return hipSuccess;
  });
}

}  // namespace cw::amdhip
