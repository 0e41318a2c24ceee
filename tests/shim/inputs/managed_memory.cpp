// Managed memory: advice and prefetches are remembered and reported by address; what else host memory can be asked.
#include "harness.hpp"

using namespace harness;

#define FAILS(call, error)               \
  do {                                   \
    CHECK_EQ(call, error);               \
    CHECK_EQ(cudaGetLastError(), error); \
  } while (0)

static char* managed;
constexpr size_t kBytes = 8192;

static int get(cudaMemRangeAttribute attribute, size_t begin = 0, size_t bytes = kBytes) {
  int value = -77;
  OK(cudaMemRangeGetAttribute(&value, sizeof value, attribute, managed + begin, bytes));
  return value;
}

static void nothing_said_yet() {
  CHECK_EQ(get(cudaMemRangeAttributeReadMostly), 0);
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocation), cudaInvalidDeviceId);
  CHECK_EQ(get(cudaMemRangeAttributeLastPrefetchLocation), cudaInvalidDeviceId);
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocationType), cudaMemLocationTypeInvalid);
}

static void parts_differ() {
  OK(cudaMemAdvise(managed, 4096, cudaMemAdviseSetReadMostly, 0));
  CHECK_EQ(get(cudaMemRangeAttributeReadMostly, 0, 4096), 1);
  CHECK_EQ(get(cudaMemRangeAttributeReadMostly, 4096, 4096), 0);
  CHECK_EQ(get(cudaMemRangeAttributeReadMostly), 0);
  OK(cudaMemAdvise(managed + 4096, 4096, cudaMemAdviseSetReadMostly, 0));
  CHECK_EQ(get(cudaMemRangeAttributeReadMostly), 1);
  OK(cudaMemAdvise(managed, kBytes, cudaMemAdviseUnsetReadMostly, 0));
  CHECK_EQ(get(cudaMemRangeAttributeReadMostly, 100, 50), 0);
}

static void places() {
  OK(cudaMemAdvise(managed, kBytes, cudaMemAdviseSetPreferredLocation, 1));
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocation), 1);
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocationType), cudaMemLocationTypeDevice);
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocationId), 1);
  OK(cudaMemAdvise(managed, 1, cudaMemAdviseSetPreferredLocation, cudaCpuDeviceId));
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocation, 0, 1), cudaCpuDeviceId);
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocation), cudaInvalidDeviceId);
  OK(cudaMemAdvise(managed, kBytes, cudaMemAdviseUnsetPreferredLocation, 0));
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocation, 0, 1), cudaInvalidDeviceId);
  const cudaMemLocation node = {cudaMemLocationTypeHostNuma, 0};
  OK(cudaMemAdvise_v2(managed, kBytes, cudaMemAdviseSetPreferredLocation, node));
  CHECK_EQ(get(cudaMemRangeAttributePreferredLocationType), cudaMemLocationTypeHostNuma);
  OK(cudaMemPrefetchAsync(managed, kBytes, 0, nullptr));
  CHECK_EQ(get(cudaMemRangeAttributeLastPrefetchLocation), 0);
  const cudaMemLocation host = {cudaMemLocationTypeHost, 0};
  OK(cudaMemPrefetchAsync_v2(managed, kBytes, host, 0, nullptr));
  CHECK_EQ(get(cudaMemRangeAttributeLastPrefetchLocation), cudaCpuDeviceId);
  CHECK_EQ(get(cudaMemRangeAttributeLastPrefetchLocationType), cudaMemLocationTypeHost);
}

static void accessors() {
  OK(cudaMemAdvise(managed, kBytes, cudaMemAdviseSetAccessedBy, 1));
  OK(cudaMemAdvise(managed, kBytes, cudaMemAdviseSetAccessedBy, cudaCpuDeviceId));
  OK(cudaMemAdvise(managed, 4096, cudaMemAdviseSetAccessedBy, 0));
  int list[3], mostly = -1;
  OK(cudaMemRangeGetAttribute(list, sizeof list, cudaMemRangeAttributeAccessedBy, managed, kBytes));
  CHECK_EQ(list[0], cudaCpuDeviceId);
  CHECK_EQ(list[1], 1);
  CHECK_EQ(list[2], cudaInvalidDeviceId);
  OK(cudaMemAdvise(managed, kBytes, cudaMemAdviseUnsetAccessedBy, 1));
  void* out[] = {list, &mostly};
  size_t sizes[] = {sizeof list, sizeof mostly};
  cudaMemRangeAttribute wanted[] = {cudaMemRangeAttributeAccessedBy, cudaMemRangeAttributeReadMostly};
  OK(cudaMemRangeGetAttributes(out, sizes, wanted, 2, managed, 4096));
  CHECK_EQ(list[0], cudaCpuDeviceId);
  CHECK_EQ(list[1], 0);
  CHECK_EQ(mostly, 0);
  sizes[1] = 3;
  FAILS(cudaMemRangeGetAttributes(out, sizes, wanted, 2, managed, 4096), cudaErrorInvalidValue);
}

static void batches() {
  void* parts[] = {managed, managed + 4096};
  size_t bytes[] = {4096, 4096}, first[] = {0, 1};
  cudaMemLocation places[] = {{cudaMemLocationTypeDevice, 1}, {cudaMemLocationTypeHost, 0}};
  OK(cudaMemPrefetchBatchAsync(parts, bytes, 2, places, first, 2, 0, nullptr));
  CHECK_EQ(get(cudaMemRangeAttributeLastPrefetchLocation, 0, 4096), 1);
  CHECK_EQ(get(cudaMemRangeAttributeLastPrefetchLocation, 4096, 4096), cudaCpuDeviceId);
  OK(cudaMemDiscardAndPrefetchBatchAsync(parts, bytes, 2, places, first, 1, 0, nullptr));
  CHECK_EQ(get(cudaMemRangeAttributeLastPrefetchLocation), 1);
  OK(cudaMemDiscardBatchAsync(parts, bytes, 2, 0, nullptr));
  FAILS(cudaMemDiscardBatchAsync(parts, bytes, 2, 1, nullptr), cudaErrorInvalidValue);
  first[1] = 2;
  FAILS(cudaMemPrefetchBatchAsync(parts, bytes, 2, places, first, 2, 0, nullptr), cudaErrorInvalidValue);
  bytes[1] = 5000;
  FAILS(cudaMemDiscardBatchAsync(parts, bytes, 2, 0, nullptr), cudaErrorInvalidValue);
}

static void bad_input() {
  int value, *device = device_alloc<int>(4);
  FAILS(cudaMemAdvise(device, 16, cudaMemAdviseSetReadMostly, 0), cudaErrorInvalidValue);
  FAILS(cudaMemAdvise(managed, 0, cudaMemAdviseSetReadMostly, 0), cudaErrorInvalidValue);
  FAILS(cudaMemAdvise(managed, kBytes + 1, cudaMemAdviseSetReadMostly, 0), cudaErrorInvalidValue);
  FAILS(cudaMemAdvise(managed, 16, static_cast<cudaMemoryAdvise>(99), 0), cudaErrorInvalidValue);
  FAILS(cudaMemAdvise(managed, 16, cudaMemAdviseSetPreferredLocation, 2), cudaErrorInvalidDevice);
  FAILS(cudaMemPrefetchAsync(managed, 16, 5, nullptr), cudaErrorInvalidDevice);
  FAILS(cudaMemPrefetchAsync(device, 16, 0, nullptr), cudaErrorInvalidValue);
  FAILS(cudaMemPrefetchAsync_v2(managed, 16, cudaMemLocation{cudaMemLocationTypeDevice, 0}, 1, nullptr), cudaErrorInvalidValue);
  FAILS(cudaMemRangeGetAttribute(&value, 2, cudaMemRangeAttributeReadMostly, managed, 16), cudaErrorInvalidValue);
  FAILS(cudaMemRangeGetAttribute(&value, 4, cudaMemRangeAttributeReadMostly, device, 16), cudaErrorInvalidValue);
  FAILS(cudaMemRangeGetAttribute(nullptr, 4, cudaMemRangeAttributeReadMostly, managed, 16), cudaErrorInvalidValue);
  FAILS(cudaStreamAttachMemAsync(nullptr, managed, 0, cudaMemAttachSingle), cudaErrorInvalidValue);
  FAILS(cudaStreamAttachMemAsync(cudaStreamPerThread, managed, 16, cudaMemAttachSingle), cudaErrorInvalidValue);
  FAILS(cudaStreamAttachMemAsync(cudaStreamPerThread, managed, 0, 9), cudaErrorInvalidValue);
  FAILS(cudaStreamAttachMemAsync(cudaStreamPerThread, device, 0, cudaMemAttachGlobal), cudaErrorInvalidValue);
  OK(cudaStreamAttachMemAsync(cudaStreamPerThread, managed, 0, cudaMemAttachSingle));
  void* memory;
  FAILS(cudaMallocManaged(&memory, 0, cudaMemAttachGlobal), cudaErrorInvalidValue);
  FAILS(cudaMallocManaged(&memory, 16, 9), cudaErrorInvalidValue);
  OK(cudaFree(device));
}

// The same address may be given out again: nothing of the old advice is left.
static void freed() {
  OK(cudaMemAdvise(managed, kBytes, cudaMemAdviseSetReadMostly, 0));
  OK(cudaFree(managed));
  int value;
  FAILS(cudaMemRangeGetAttribute(&value, 4, cudaMemRangeAttributeReadMostly, managed, 16), cudaErrorInvalidValue);
  OK(cudaMallocManaged(reinterpret_cast<void**>(&managed), kBytes, cudaMemAttachGlobal));
  CHECK_EQ(get(cudaMemRangeAttributeReadMostly), 0);
  OK(cudaFree(managed));
}

static void host_memory() {
  std::vector<char> memory(10000);
  void* device;
  unsigned flags;
  OK(cudaHostRegister(memory.data(), 5000, cudaHostRegisterPortable | cudaHostRegisterMapped));
  FAILS(cudaHostRegister(memory.data() + 4999, 10, 0), cudaErrorHostMemoryAlreadyRegistered);
  FAILS(cudaHostRegister(memory.data() + 6000, 10, 0x100), cudaErrorInvalidValue);
  FAILS(cudaHostRegister(nullptr, 10, 0), cudaErrorInvalidValue);
  FAILS(cudaHostRegister(memory.data() + 6000, 10, cudaHostRegisterIoMemory), cudaErrorNotSupported);
  OK(cudaHostRegister(memory.data() + 5000, 10, cudaHostRegisterReadOnly));
  OK(cudaHostGetDevicePointer(&device, memory.data() + 7, 0));
  CHECK_EQ(device == memory.data() + 7, true);
  FAILS(cudaHostUnregister(memory.data() + 7), cudaErrorHostMemoryNotRegistered);
  OK(cudaHostUnregister(memory.data()));
  OK(cudaHostUnregister(memory.data() + 5000));
  FAILS(cudaHostUnregister(memory.data()), cudaErrorHostMemoryNotRegistered);
  void* pinned;
  OK(cudaHostAlloc(&pinned, 100, cudaHostAllocPortable));
  OK(cudaHostGetFlags(&flags, pinned));
  CHECK_EQ(flags, cudaHostAllocPortable);
  OK(cudaFreeHost(pinned));
  FAILS(cudaFreeHost(pinned), cudaErrorInvalidValue);
  FAILS(cudaHostGetFlags(&flags, pinned), cudaErrorInvalidValue);
  FAILS(cudaFree(memory.data()), cudaErrorInvalidValue);
}

int main() {
  OK(cudaMallocManaged(reinterpret_cast<void**>(&managed), kBytes, cudaMemAttachGlobal));
  nothing_said_yet();
  parts_differ();
  places();
  accessors();
  batches();
  bad_input();
  freed();
  host_memory();
  std::puts("done");
}
