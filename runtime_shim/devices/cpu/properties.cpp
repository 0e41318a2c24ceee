// What the CPU device says about itself. Where CUDA has no word for a CPU, the value of compute capability 8.0 is given, which the
// device code was compiled for; docs/runtime.md lists these choices.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "devices/cpu/arch.hpp"
#include "devices/cpu/device.hpp"
#include "devices/cpu/limits.hpp"
#include "devices/texture_limits.hpp"

namespace cw::cpu {
namespace {

void set_execution_limits(cudaDeviceProp* p) {
  p->warpSize = kWarpSize;
  p->maxThreadsPerBlock = kMaxThreadsPerBlock;
  p->maxThreadsDim[0] = kMaxThreadsPerBlock;
  p->maxThreadsDim[1] = kMaxThreadsPerBlock;
  p->maxThreadsDim[2] = 64;
  p->maxGridSize[0] = 0x7fffffff;
  p->maxGridSize[1] = 65535;
  p->maxGridSize[2] = 65535;
  p->maxThreadsPerMultiProcessor = kMaxThreadsPerProcessor;
  p->maxBlocksPerMultiProcessor = kMaxBlocksPerProcessor;
  p->regsPerBlock = kRegistersPerBlock;
  p->regsPerMultiprocessor = kRegistersPerBlock;
  p->major = 8;
  p->minor = 0;
}

void set_memory_facts(cudaDeviceProp* p) {
  p->sharedMemPerBlock = kSharedPerBlock;
  p->sharedMemPerBlockOptin = kSharedPerBlockOptIn;
  p->sharedMemPerMultiprocessor = kSharedPerProcessor;
  p->reservedSharedMemPerBlock = 1024;
  p->totalConstMem = 64 << 10;
  p->memPitch = 0x7fffffff;
  texture_limits::describe(p);
  const long l2 = sysconf(_SC_LEVEL2_CACHE_SIZE);
  p->l2CacheSize = l2 > 0 ? static_cast<int>(l2) : 1 << 20;
  p->memoryClockRate = 1600000;  // kHz: programs divide by it; a common DDR4 channel pair
  p->memoryBusWidth = 128;
}

void set_abilities(cudaDeviceProp* p) {
  p->integrated = 1;
  p->canMapHostMemory = 1;
  p->unifiedAddressing = 1;
  p->managedMemory = 1;
  p->concurrentManagedAccess = 1;
  p->pageableMemoryAccess = 1;
  p->pageableMemoryAccessUsesHostPageTables = 1;
  p->directManagedMemAccessFromHost = 1;
  p->hostNativeAtomicSupported = 1;
  p->canUseHostPointerForRegisteredMem = 1;
  p->hostRegisterSupported = 1;
  p->concurrentKernels = 1;
  p->deviceOverlap = 1;
  p->asyncEngineCount = 1;
  p->streamPrioritiesSupported = 1;
  p->globalL1CacheSupported = 1;
  p->localL1CacheSupported = 1;
  p->cooperativeLaunch = 1;
  p->clusterLaunch = 1;
  p->computePreemptionSupported = 1;
  p->memoryPoolsSupported = 1;
  p->memoryPoolSupportedHandleTypes = cudaMemHandleTypePosixFileDescriptor;
  p->ipcEventSupported = 1;
  p->hostRegisterReadOnlySupported = 1;
  p->singleToDoublePrecisionPerfRatio = 2;
  p->clockRate = 2000000;  // kHz, nominal: real clocks vary
}

}  // namespace

cudaError_t CpuDevice::properties(cudaDeviceProp* out) {
  *out = cudaDeviceProp{};
  processor_name(out->name, static_cast<int>(sizeof out->name));
  char uuid[sizeof out->uuid + 1];
  snprintf(uuid, sizeof uuid, "crosswarp-cpu-%02d", index_);
  memcpy(&out->uuid, uuid, sizeof out->uuid);
  out->pciBusID = index_;
  size_t free_bytes = 0;
  memory_info(&free_bytes, &out->totalGlobalMem);
  out->multiProcessorCount = static_cast<int>(pool_.threads());
  set_execution_limits(out);
  set_memory_facts(out);
  set_abilities(out);
  return cudaSuccess;
}

}  // namespace cw::cpu
