// Memory pools: attributes, reuse in stream order, limits, access, sharing with another process.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

#include "harness.hpp"

using namespace harness;

#define FAILS(call, error)               \
  do {                                   \
    CHECK_EQ(call, error);               \
    CHECK_EQ(cudaGetLastError(), error); \
  } while (0)

static cudaMemPoolProps properties_of(int device) {
  cudaMemPoolProps properties = {};
  properties.allocType = cudaMemAllocationTypePinned;
  properties.location = cudaMemLocation{cudaMemLocationTypeDevice, device};
  return properties;
}

static cudaMemPool_t new_pool() {
  cudaMemPool_t pool;
  const cudaMemPoolProps properties = properties_of(0);
  OK(cudaMemPoolCreate(&pool, &properties));
  return pool;
}

static uint64_t get(cudaMemPool_t pool, cudaMemPoolAttr attribute) {
  uint64_t value = 0;
  OK(cudaMemPoolGetAttribute(pool, attribute, &value));
  return value;
}

static void set(cudaMemPool_t pool, cudaMemPoolAttr attribute, uint64_t value) {
  OK(cudaMemPoolSetAttribute(pool, attribute, &value));
}

static void attributes() {
  cudaMemPool_t pool = new_pool();
  for (int reuse = cudaMemPoolReuseFollowEventDependencies; reuse <= cudaMemPoolReuseAllowInternalDependencies; ++reuse) {
    int value = 0;
    OK(cudaMemPoolGetAttribute(pool, static_cast<cudaMemPoolAttr>(reuse), &value));
    CHECK_EQ(value, 1);
    value = 0;
    OK(cudaMemPoolSetAttribute(pool, static_cast<cudaMemPoolAttr>(reuse), &value));
    OK(cudaMemPoolGetAttribute(pool, static_cast<cudaMemPoolAttr>(reuse), &value));
    CHECK_EQ(value, 0);
  }
  CHECK_EQ(get(pool, cudaMemPoolAttrReleaseThreshold), 0);
  set(pool, cudaMemPoolAttrReleaseThreshold, UINT64_MAX);
  CHECK_EQ(get(pool, cudaMemPoolAttrReleaseThreshold) == UINT64_MAX, true);
  void *a, *b;
  OK(cudaMallocFromPoolAsync(&a, 1000, pool, nullptr));
  OK(cudaMallocFromPoolAsync(&b, 3 << 20, pool, nullptr));
  CHECK_EQ(get(pool, cudaMemPoolAttrUsedMemCurrent), 1024 + (3 << 20));
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent) >= get(pool, cudaMemPoolAttrUsedMemCurrent), true);
  OK(cudaFreeAsync(b, nullptr));
  OK(cudaStreamSynchronize(nullptr));
  CHECK_EQ(get(pool, cudaMemPoolAttrUsedMemCurrent), 1024);
  CHECK_EQ(get(pool, cudaMemPoolAttrUsedMemHigh), 1024 + (3 << 20));
  set(pool, cudaMemPoolAttrUsedMemHigh, 0);
  CHECK_EQ(get(pool, cudaMemPoolAttrUsedMemHigh), 1024);
  const uint64_t reserved = get(pool, cudaMemPoolAttrReservedMemCurrent);
  OK(cudaMemPoolTrimTo(pool, reserved));
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent), reserved);
  OK(cudaMemPoolTrimTo(pool, 0));
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent) < reserved, true);
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent) >= 1024, true);
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemHigh), reserved);
  uint64_t value = 5;
  FAILS(cudaMemPoolSetAttribute(pool, cudaMemPoolAttrUsedMemHigh, &value), cudaErrorInvalidValue);
  FAILS(cudaMemPoolSetAttribute(pool, cudaMemPoolAttrUsedMemCurrent, &value), cudaErrorInvalidValue);
  FAILS(cudaMemPoolGetAttribute(pool, static_cast<cudaMemPoolAttr>(99), &value), cudaErrorInvalidValue);
  FAILS(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrUsedMemHigh, nullptr), cudaErrorInvalidValue);
  OK(cudaFree(a));
  CHECK_EQ(get(pool, cudaMemPoolAttrUsedMemCurrent), 0);
  OK(cudaMemPoolDestroy(pool));
}

static void freed_memory_is_used_again() {
  cudaMemPool_t pool = new_pool();
  set(pool, cudaMemPoolAttrReleaseThreshold, UINT64_MAX);
  cudaStream_t one, other;
  OK(cudaStreamCreateWithFlags(&one, cudaStreamNonBlocking));
  OK(cudaStreamCreateWithFlags(&other, cudaStreamNonBlocking));
  int* flag = device_alloc<int>(1);
  void *first, *second;
  // In the same stream at once, while the work before the free still waits.
  OK(cudaMallocFromPoolAsync(&first, 4096, pool, one));
  OK(launch(&wait_flag, 1, 1, 0, one, flag, 1));
  OK(cudaFreeAsync(first, one));
  OK(cudaMallocFromPoolAsync(&second, 4096, pool, one));
  CHECK_EQ(first == second, true);
  OK(cudaFreeAsync(second, one));
  // Not in another stream, as long as that work is not done.
  void* apart;
  OK(cudaMallocFromPoolAsync(&apart, 4096, pool, other));
  CHECK_EQ(apart == first, false);
  OK(cudaFreeAsync(apart, other));
  OK(cudaStreamSynchronize(other));
  // Once the other stream waits for it, it comes after.
  cudaEvent_t event;
  OK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
  OK(cudaEventRecord(event, one));
  OK(cudaStreamWaitEvent(other, event, 0));
  void* again;
  OK(cudaMallocFromPoolAsync(&again, 4096, pool, other));
  CHECK_EQ(again == first, true);
  const int go = 1;
  OK(cudaMemcpyAsync(flag, &go, 4, cudaMemcpyHostToDevice, cudaStreamPerThread));
  OK(cudaStreamSynchronize(other));
  OK(cudaFreeAsync(again, other));
  OK(cudaDeviceSynchronize());
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent), 2 << 20);
  OK(cudaEventDestroy(event));
  OK(cudaStreamDestroy(one));
  OK(cudaStreamDestroy(other));
  OK(cudaMemPoolDestroy(pool));
  OK(cudaFree(flag));
}

// A pool of 2 MiB whose only block another stream still uses: the allocation waits for that stream instead of failing.
static void a_full_pool_waits() {
  cudaMemPoolProps properties = properties_of(0);
  properties.maxSize = 2 << 20;
  cudaMemPool_t pool;
  OK(cudaMemPoolCreate(&pool, &properties));
  cudaStream_t one, other;
  OK(cudaStreamCreateWithFlags(&one, cudaStreamNonBlocking));
  OK(cudaStreamCreateWithFlags(&other, cudaStreamNonBlocking));
  int *log = device_alloc<int>(4), seen[4];
  void *first, *second;
  OK(cudaMallocFromPoolAsync(&first, 2 << 20, pool, one));
  FAILS(cudaMallocFromPoolAsync(&second, 512, pool, other), cudaErrorMemoryAllocation);
  OK(launch(&append, 1, 1, 0, one, log, 10));
  OK(cudaFreeAsync(first, one));
  OK(cudaMallocFromPoolAsync(&second, 2 << 20, pool, other));
  CHECK_EQ(first == second, true);
  OK(launch(&append, 1, 1, 0, other, log, 20));
  OK(cudaFreeAsync(second, other));
  OK(cudaDeviceSynchronize());
  OK(cudaMemcpy(seen, log, sizeof seen, cudaMemcpyDefault));
  CHECK_EQ(seen[1], 10);
  CHECK_EQ(seen[2], 20);
  int off = 0;
  OK(cudaMemPoolSetAttribute(pool, cudaMemPoolReuseAllowInternalDependencies, &off));
  OK(cudaMallocFromPoolAsync(&first, 2 << 20, pool, one));
  OK(launch(&append, 1, 1, 0, one, log, 30));
  OK(cudaFreeAsync(first, one));
  FAILS(cudaMallocFromPoolAsync(&second, 2 << 20, pool, other), cudaErrorMemoryAllocation);
  OK(cudaMemPoolDestroy(pool));
  OK(cudaStreamDestroy(one));
  OK(cudaStreamDestroy(other));
  OK(cudaFree(log));
}

// What was freed in pieces comes back in one, and returns to the system when the host has waited.
static void blocks_join_and_return() {
  cudaMemPool_t pool = new_pool();
  set(pool, cudaMemPoolAttrReleaseThreshold, UINT64_MAX);
  void *parts[8], *whole;
  for (void*& part : parts) OK(cudaMallocFromPoolAsync(&part, 256 << 10, pool, nullptr));
  for (int i : {1, 3, 0, 2, 7, 5, 6, 4}) OK(cudaFreeAsync(parts[i], nullptr));
  OK(cudaMallocFromPoolAsync(&whole, 2 << 20, pool, nullptr));
  CHECK_EQ(whole == parts[0], true);
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent), 2 << 20);
  OK(cudaFreeAsync(whole, nullptr));
  OK(cudaStreamSynchronize(nullptr));
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent), 2 << 20);
  set(pool, cudaMemPoolAttrReleaseThreshold, 0);
  OK(cudaStreamSynchronize(nullptr));
  CHECK_EQ(get(pool, cudaMemPoolAttrReservedMemCurrent), 0);
  OK(cudaMemPoolDestroy(pool));
}

static void current_pools_and_stale_handles() {
  cudaMemPool_t standard, current, own = new_pool();
  OK(cudaDeviceGetDefaultMemPool(&standard, 0));
  FAILS(cudaMemPoolDestroy(standard), cudaErrorInvalidValue);
  OK(cudaDeviceSetMemPool(0, own));
  void *memory, *other;
  OK(cudaMallocAsync(&memory, 64, nullptr));
  CHECK_EQ(get(own, cudaMemPoolAttrUsedMemCurrent), 512);
  cudaMemLocation here = {cudaMemLocationTypeDevice, 0};
  OK(cudaMemGetMemPool(&current, &here, cudaMemAllocationTypePinned));
  CHECK_EQ(current == own, true);
  OK(cudaMemGetDefaultMemPool(&current, &here, cudaMemAllocationTypePinned));
  CHECK_EQ(current == standard, true);
  OK(cudaMemPoolDestroy(own));  // its memory stays until it is freed
  OK(cudaDeviceGetMemPool(&current, 0));
  CHECK_EQ(current == standard, true);
  OK(cudaMemsetAsync(memory, 1, 64, nullptr));
  OK(cudaFreeAsync(memory, nullptr));
  FAILS(cudaFreeAsync(memory, nullptr), cudaErrorInvalidValue);
  FAILS(cudaMallocFromPoolAsync(&other, 64, own, nullptr), cudaErrorInvalidValue);
  FAILS(cudaMemPoolTrimTo(own, 0), cudaErrorInvalidValue);
  FAILS(cudaDeviceSetMemPool(0, own), cudaErrorInvalidValue);
  FAILS(cudaDeviceSetMemPool(7, standard), cudaErrorInvalidDevice);
  cudaMemPoolProps wrong = properties_of(9);
  FAILS(cudaMemPoolCreate(&own, &wrong), cudaErrorInvalidDevice);
  wrong = properties_of(0);
  wrong.allocType = cudaMemAllocationTypeInvalid;
  FAILS(cudaMemPoolCreate(&own, &wrong), cudaErrorInvalidValue);
  FAILS(cudaMemPoolCreate(&own, nullptr), cudaErrorInvalidValue);
  OK(cudaMemSetMemPool(&here, cudaMemAllocationTypePinned, standard));
}

static void access() {
  cudaMemPool_t pool = new_pool();
  cudaMemAccessFlags flags;
  cudaMemLocation own = {cudaMemLocationTypeDevice, 0}, peer = {cudaMemLocationTypeDevice, 1};
  OK(cudaMemPoolGetAccess(&flags, pool, &own));
  CHECK_EQ(flags, cudaMemAccessFlagsProtReadWrite);
  OK(cudaMemPoolGetAccess(&flags, pool, &peer));
  CHECK_EQ(flags, cudaMemAccessFlagsProtNone);
  cudaMemAccessDesc wanted = {peer, cudaMemAccessFlagsProtReadWrite};
  OK(cudaMemPoolSetAccess(pool, &wanted, 1));
  OK(cudaMemPoolGetAccess(&flags, pool, &peer));
  CHECK_EQ(flags, cudaMemAccessFlagsProtReadWrite);
  wanted = cudaMemAccessDesc{own, cudaMemAccessFlagsProtNone};
  FAILS(cudaMemPoolSetAccess(pool, &wanted, 1), cudaErrorInvalidValue);
  wanted.location.id = 5;
  FAILS(cudaMemPoolSetAccess(pool, &wanted, 1), cudaErrorInvalidDevice);
  FAILS(cudaMemPoolSetAccess(pool, nullptr, 1), cudaErrorInvalidValue);
  OK(cudaMemPoolDestroy(pool));
}

struct Message {
  int file;
  cudaMemPoolPtrExportData pointer;
};

// The other process: adds 5 to what it finds.
static void importer(const Message& message) {
  cudaMemPool_t pool;
  cudaMemPoolPtrExportData data = message.pointer, broken = {};
  void *memory, *none;
  OK(cudaMemPoolImportFromShareableHandle(&pool, reinterpret_cast<void*>(static_cast<intptr_t>(message.file)),
                                          cudaMemHandleTypePosixFileDescriptor, 0));
  OK(cudaMemPoolImportPointer(&memory, pool, &data));
  FAILS(cudaMemPoolImportPointer(&none, pool, &broken), cudaErrorInvalidValue);
  FAILS(cudaMallocFromPoolAsync(&none, 4, pool, nullptr), cudaErrorInvalidValue);
  OK(launch(&add_value, 1, 5, 0, nullptr, memory, 1));
  OK(cudaFreeAsync(memory, nullptr));
  OK(cudaDeviceSynchronize());
  OK(cudaMemPoolDestroy(pool));
}

static void sharing(const char* program) {
  cudaMemPoolProps properties = properties_of(0);
  cudaMemPool_t pool, own = new_pool();
  Message message;
  FAILS(cudaMemPoolExportToShareableHandle(&message.file, own, cudaMemHandleTypePosixFileDescriptor, 0), cudaErrorInvalidValue);
  properties.handleTypes = cudaMemHandleTypePosixFileDescriptor;
  OK(cudaMemPoolCreate(&pool, &properties));
  void *first, *memory;
  OK(cudaMallocFromPoolAsync(&first, 100, pool, nullptr));
  OK(cudaMallocFromPoolAsync(&memory, 4, pool, nullptr));
  OK(cudaMemsetAsync(memory, 0, 4, nullptr));
  OK(cudaStreamSynchronize(nullptr));
  OK(cudaMemPoolExportToShareableHandle(&message.file, pool, cudaMemHandleTypePosixFileDescriptor, 0));
  FAILS(cudaMemPoolExportToShareableHandle(&message.file, pool, cudaMemHandleTypeWin32, 0), cudaErrorInvalidValue);
  OK(cudaMemPoolExportPointer(&message.pointer, memory));
  FAILS(cudaMemPoolExportPointer(&message.pointer, &message), cudaErrorInvalidValue);
  fcntl(message.file, F_SETFD, 0);
  int ends[2], status = -1;
  CHECK_EQ(pipe(ends), 0);
  CHECK_EQ(write(ends[1], &message, sizeof message), sizeof message);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[0], 0);
    execl(program, program, "import", nullptr);
    _exit(9);
  }
  waitpid(child, &status, 0);
  CHECK_EQ(status, 0);
  int value = 0;
  OK(cudaMemcpy(&value, memory, 4, cudaMemcpyDeviceToHost));
  CHECK_EQ(value, 5);
  OK(cudaFreeAsync(memory, nullptr));
  OK(cudaFreeAsync(first, nullptr));
  OK(cudaMemPoolDestroy(pool));
  OK(cudaMemPoolDestroy(own));
}

static void accounting() {
  size_t before, total, during, after;
  void* memory;
  OK(cudaMemGetInfo(&before, &total));
  OK(cudaMalloc(&memory, 64 << 20));
  OK(cudaMemGetInfo(&during, &total));
  CHECK_EQ(before - during, 64 << 20);
  OK(cudaFree(memory));
  OK(cudaMemGetInfo(&after, &total));
  CHECK_EQ(after, before);
  CHECK_EQ(before <= total, true);
  FAILS(cudaMalloc(&memory, total + 1), cudaErrorMemoryAllocation);
  FAILS(cudaMallocAsync(&memory, SIZE_MAX, nullptr), cudaErrorMemoryAllocation);
}

static void reset() {
  void* memory;
  cudaMemPool_t standard, own = new_pool();
  OK(cudaDeviceGetDefaultMemPool(&standard, 0));
  OK(cudaMallocAsync(&memory, 64, nullptr));
  OK(cudaDeviceReset());
  CHECK_EQ(get(standard, cudaMemPoolAttrUsedMemCurrent), 0);
  CHECK_EQ(get(standard, cudaMemPoolAttrReservedMemCurrent), 0);
  FAILS(cudaMemPoolTrimTo(own, 0), cudaErrorInvalidValue);
  FAILS(cudaFreeAsync(memory, nullptr), cudaErrorInvalidValue);
}

int main(int count, char** words) {
  if (count > 1) {
    Message message;
    CHECK_EQ(read(0, &message, sizeof message), sizeof message);
    importer(message);
    return 0;
  }
  attributes();
  freed_memory_is_used_again();
  a_full_pool_waits();
  blocks_join_and_return();
  current_pools_and_stale_handles();
  access();
  sharing(words[0]);
  accounting();
  reset();
  std::puts("done");
}
