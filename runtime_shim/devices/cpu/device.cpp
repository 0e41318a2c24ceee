#include "devices/cpu/device.hpp"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "devices/cpu/arch.hpp"
#include "devices/cpu/memory.hpp"
#include "devices/cpu/module.hpp"
#include "devices/cpu/pool.hpp"
#include "devices/cpu/services.hpp"
#include "devices/open.hpp"

namespace cw::cpu {
namespace {

constexpr size_t kAlign = 256;  // what CUDA promises
constexpr int kGreatestPriority = -5;

// Memory of the host side. More than the machine has is refused: with overcommit, malloc would give it.
cudaError_t aligned(size_t bytes, void** out) {
  size_t free_bytes = 0;
  size_t total = 0;
  device_memory().info(&free_bytes, &total);
  return bytes <= total && posix_memalign(out, kAlign, bytes) == 0 ? cudaSuccess : cudaErrorMemoryAllocation;
}

constexpr int kMostDevices = 64;  // one bit each in a device's set of peers

// A thread's own default streams, one a device it has used.
using ThreadStreams = Vector<Owned<CpuStream>>;
struct KeptStreams : Allocated {
  ThreadStreams streams;
};
pthread_key_t thread_streams_key;
pthread_once_t thread_streams_once = PTHREAD_ONCE_INIT;

void make_thread_streams_key() {
  pthread_key_create(&thread_streams_key, [](void* kept) { delete static_cast<KeptStreams*>(kept); });
}

ThreadStreams& thread_streams() {
  pthread_once(&thread_streams_once, make_thread_streams_key);
  auto* kept = static_cast<KeptStreams*>(pthread_getspecific(thread_streams_key));
  if (kept == nullptr) {
    kept = new KeptStreams;
    pthread_setspecific(thread_streams_key, kept);
  }
  return kept->streams;
}

int configured_devices() {
  const char* text = getenv("CROSSWARP_CPU_DEVICES");
  const long wanted = text != nullptr ? strtol(text, nullptr, 10) : 1;
  return wanted < 1 ? 1 : wanted > kMostDevices ? kMostDevices : static_cast<int>(wanted);
}

}  // namespace

CpuDevice::CpuDevice(int index) : index_(index) {
  limits_[cudaLimitStackSize] = 1024;
  limits_[cudaLimitPrintfFifoSize] = 1 << 20;
  legacy_.reset(new CpuStream(*this, cudaStreamDefault, 0, Queue::Order::kLegacy));
}

int CpuDevice::rank(const fatbin::Image& image) const { return image.kind == fatbin::Kind::kCpu ? arch_rank(image.arch) : -1; }

bool CpuDevice::code_architecture(char* out, size_t size) {
  code_arch(out, size);
  return true;
}

cudaError_t CpuDevice::load(const fatbin::Image& image, const Vector<uint8_t>& bytes, Owned<Module>* out) {
  out->reset(CpuModule::load(bytes));
  if (!*out) return cudaErrorInvalidKernelImage;
  (*out)->set_image(image, bytes);
  return cudaSuccess;
}

cudaError_t CpuDevice::memory_info(size_t* free_bytes, size_t* total_bytes) {
  device_memory().info(free_bytes, total_bytes);
  return cudaSuccess;
}

cudaError_t CpuDevice::allocate(size_t bytes, void** out) {
  *out = device_memory().allocate(bytes);
  return *out != nullptr ? cudaSuccess : cudaErrorMemoryAllocation;
}

cudaError_t CpuDevice::release(void* memory) {
  device_memory().release(memory);
  return cudaSuccess;
}

bool CpuDevice::discard(void* memory, size_t bytes) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const uintptr_t from = (reinterpret_cast<uintptr_t>(memory) + page - 1) / page * page;
  const uintptr_t to = (reinterpret_cast<uintptr_t>(memory) + bytes) / page * page;
  return from >= to || madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED) == 0;
}

cudaError_t CpuDevice::allocate_host(size_t bytes, unsigned, void** out) { return aligned(bytes, out); }
cudaError_t CpuDevice::release_host(void* memory) {
  free(memory);
  return cudaSuccess;
}
cudaError_t CpuDevice::allocate_managed(size_t bytes, unsigned, void** out) { return aligned(bytes, out); }
cudaError_t CpuDevice::release_managed(void* memory) { return release_host(memory); }
// Memory that is not there is refused: msync looks at the mapping only.
cudaError_t CpuDevice::register_host(void* memory, size_t bytes, unsigned flags) {
  if ((flags & cudaHostRegisterIoMemory) != 0) return cudaErrorNotSupported;
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const uintptr_t first = reinterpret_cast<uintptr_t>(memory) / page * page;
  const uintptr_t end = reinterpret_cast<uintptr_t>(memory) + bytes;
  return msync(reinterpret_cast<void*>(first), end - first, MS_ASYNC) == 0 ? cudaSuccess : cudaErrorInvalidValue;
}
cudaError_t CpuDevice::unregister_host(void*) { return cudaSuccess; }

Stream& CpuDevice::thread_stream() {
  ThreadStreams& streams = thread_streams();
  const auto at = static_cast<size_t>(index_);
  if (streams.size() <= at) streams.resize(at + 1);
  if (!streams[at]) streams[at].reset(new CpuStream(*this, cudaStreamDefault, 0, Queue::Order::kBlocking));
  return *streams[at];
}

cudaError_t CpuDevice::create_stream(unsigned flags, int priority, Owned<Stream>* out) {
  const int kept = priority > 0 ? 0 : priority < kGreatestPriority ? kGreatestPriority : priority;
  const auto order = (flags & cudaStreamNonBlocking) != 0 ? Queue::Order::kNonBlocking : Queue::Order::kBlocking;
  out->reset(new CpuStream(*this, flags, kept, order));
  return cudaSuccess;
}

cudaError_t CpuDevice::create_event(unsigned flags, Owned<Event>* out) {
  Ref<SharedRecord> shared;
  if ((flags & cudaEventInterprocess) != 0) {
    shared = Ref<SharedRecord>(SharedRecord::create());
    if (!shared) return cudaErrorMemoryAllocation;
  }
  out->reset(new CpuEvent(*this, flags, shared));
  return cudaSuccess;
}

void CpuDevice::add_queue(const Ref<Queue>& queue) {
  Lock lock(order_);
  for (size_t i = queues_.size(); i-- > 0;) {
    if (queues_[i]->finished()) queues_.erase(i);
  }
  queues_.push(queue);
}

cudaError_t CpuDevice::synchronize() {
  return wait_for([](const Queue&) { return true; });
}

cudaError_t CpuDevice::reset() {
  synchronize();
  error_.store(cudaSuccess);
  peers_.store(0);
  return cudaSuccess;
}

cudaError_t CpuDevice::limit(cudaLimit limit, size_t* value) {
  if (limit == cudaLimitMallocHeapSize) {
    *value = heap_limit();
    return cudaSuccess;
  }
  if (static_cast<unsigned>(limit) >= sizeof limits_ / sizeof limits_[0]) return cudaErrorUnsupportedLimit;
  *value = limits_[limit];
  return cudaSuccess;
}

// Stack and printf buffer grow as needed on a CPU: their limits are kept for the program to read back.
cudaError_t CpuDevice::set_limit(cudaLimit limit, size_t value) {
  size_t free_bytes = 0;
  size_t total = 0;
  memory_info(&free_bytes, &total);
  if (value > total) return cudaErrorMemoryAllocation;
  if (limit == cudaLimitMallocHeapSize) {
    set_heap_limit(value);
    return cudaSuccess;
  }
  if (static_cast<unsigned>(limit) >= sizeof limits_ / sizeof limits_[0]) return cudaErrorUnsupportedLimit;
  limits_[limit] = value;
  return cudaSuccess;
}

void CpuDevice::priority_range(int* least, int* greatest) const {
  *least = 0;
  *greatest = kGreatestPriority;
}

cudaError_t CpuDevice::enable_peer(Device& peer) {
  const uint64_t bit = uint64_t{1} << static_cast<CpuDevice&>(peer).index();
  return (peers_.fetch_or(bit) & bit) != 0 ? cudaErrorPeerAccessAlreadyEnabled : cudaSuccess;
}

cudaError_t CpuDevice::disable_peer(Device& peer) {
  const uint64_t bit = uint64_t{1} << static_cast<CpuDevice&>(peer).index();
  return (peers_.fetch_and(~bit) & bit) != 0 ? cudaSuccess : cudaErrorPeerAccessNotEnabled;
}

// All CPU devices work on the same memory: every link is equally good (rank 0) and does everything.
cudaError_t CpuDevice::peer_attribute(const Device&, cudaDeviceP2PAttr attribute, int* value) const {
  if (attribute < cudaDevP2PAttrPerformanceRank || attribute > cudaDevP2PAttrCudaArrayAccessSupported) return cudaErrorInvalidValue;
  *value = attribute == cudaDevP2PAttrPerformanceRank ? 0 : 1;
  return cudaSuccess;
}

const char* open_devices(Vector<Owned<Device>>* devices) {
  const int count = configured_devices();
  for (int i = 0; i < count; ++i) devices->push(Owned<Device>(new CpuDevice(i)));
  return nullptr;
}

cudaError_t CpuDevice::create_memory(size_t bytes, bool, Ref<PhysicalMemory>* out) {
  size_t free_bytes = 0;
  size_t total_bytes = 0;
  const cudaError_t error = memory_info(&free_bytes, &total_bytes);
  if (error != cudaSuccess) return error;
  return bytes > total_bytes ? cudaErrorMemoryAllocation : cpu::create_memory(bytes, out);
}

}  // namespace cw::cpu
