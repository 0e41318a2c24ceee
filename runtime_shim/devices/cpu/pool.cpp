#include "devices/cpu/pool.hpp"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "devices/cpu/device.hpp"
#include "devices/cpu/memory.hpp"

namespace cw::cpu {
namespace {

constexpr size_t kAlign = 512;
constexpr size_t kChunk = size_t{2} << 20;  // pools grow by multiples of this

size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

uint64_t bit_of(const Device& device) { return uint64_t{1} << static_cast<const CpuDevice&>(device).index(); }

}  // namespace

CpuPool::CpuPool(CpuDevice& device, size_t most_bytes, int file) : device_(device), most_bytes_(most_bytes), file_(file) {
  device_.add_pool(*this);
}

CpuPool::~CpuPool() {
  device_.remove_pool(*this);
  PoolChunk chunk;
  blocks_.merge();
  while (blocks_.remove_chunk(SIZE_MAX, &chunk)) drop(chunk);
  if (file_ >= 0) close(file_);
}

cudaError_t CpuPool::allocate(Stream& stream, size_t bytes, void** out) {
  const size_t rounded = round_up(bytes, kAlign);
  if (rounded < bytes) return cudaErrorMemoryAllocation;
  auto& cpu_stream = static_cast<CpuStream&>(stream);
  uintptr_t base = 0;
  Lock lock(mutex_);
  bool found = take(cpu_stream, rounded, &base);
  if (!found) {
    blocks_.merge();
    found = take(cpu_stream, rounded, &base) || (grow(rounded) && take(cpu_stream, rounded, &base)) ||
            take_waiting(cpu_stream, rounded, &base);
  }
  if (!found) return cudaErrorMemoryAllocation;
  used_.add(rounded);
  *out = reinterpret_cast<void*>(base);
  return cudaSuccess;
}

// What the stream may use without waiting.
bool CpuPool::take(CpuStream& stream, size_t bytes, uintptr_t* out) {
  const auto usable = [&](const PoolBlock& block) {
    const Dependency& after = block.free_after;
    if (!after.queue || stream.is(*after.queue)) return true;
    if (allows(cudaMemPoolReuseFollowEventDependencies) && stream.comes_after(after)) return true;
    return allows(cudaMemPoolReuseAllowOpportunistic) && is_settled(block);
  };
  Dependency none{};
  return blocks_.take(bytes, usable, out, &none);
}

// Makes the stream wait for another one that frees enough: the last resort.
bool CpuPool::take_waiting(CpuStream& stream, size_t bytes, uintptr_t* out) {
  Dependency after{};
  const bool allowed = allows(cudaMemPoolReuseAllowInternalDependencies);
  if (!allowed || !blocks_.take(bytes, [](const PoolBlock&) { return true; }, out, &after)) return false;
  if (after.queue) stream.wait_for(after);
  return true;
}

bool CpuPool::grow(size_t bytes) {
  const size_t chunk = round_up(bytes, kChunk);
  if (chunk < bytes || (most_bytes_ != 0 && reserved_.current + chunk > round_up(most_bytes_, kChunk))) return false;
  if (!device_memory().charge(chunk)) return false;
  void* memory = MAP_FAILED;
  if (file_ < 0) {
    memory = mmap(nullptr, chunk, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  } else if (ftruncate(file_, static_cast<off_t>(file_end_ + chunk)) == 0) {
    void* mapped = map_file(file_, file_end_, chunk);
    if (mapped != nullptr) memory = mapped;
  }
  if (memory == MAP_FAILED) {
    device_memory().discharge(chunk);
    return false;
  }
  blocks_.add_chunk(PoolChunk{reinterpret_cast<uintptr_t>(memory), chunk, file_end_});
  file_end_ += chunk;
  reserved_.add(chunk);
  return true;
}

void CpuPool::drop(const PoolChunk& chunk) {
  munmap(reinterpret_cast<void*>(chunk.base), chunk.bytes);
  if (file_ >= 0) {
    fallocate(file_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(chunk.offset), static_cast<off_t>(chunk.bytes));
  }
  device_memory().discharge(chunk.bytes);
  reserved_.current -= chunk.bytes;
}

cudaError_t CpuPool::free_in(Stream& stream, void* memory) {
  give_back(memory, static_cast<CpuStream&>(stream).mark());
  return cudaSuccess;
}

cudaError_t CpuPool::free_now(void* memory) {
  give_back(memory, Dependency{});
  return cudaSuccess;
}

void CpuPool::give_back(void* memory, const Dependency& free_after) {
  const auto base = reinterpret_cast<uintptr_t>(memory);
  Lock lock(mutex_);
  used_.current -= blocks_.used_bytes(base);
  blocks_.give_back(base, free_after);
}

cudaError_t CpuPool::trim(size_t keep) {
  Lock lock(mutex_);
  trim_locked(keep);
  return cudaSuccess;
}

void CpuPool::after_wait() {
  Lock lock(mutex_);
  if (reserved_.current > threshold_ && reserved_.current > used_.current) trim_locked(threshold_);
}

void CpuPool::trim_locked(size_t keep) {
  PoolChunk chunk;
  blocks_.merge();
  while (reserved_.current > keep && blocks_.remove_chunk(reserved_.current - keep, &chunk)) drop(chunk);
}

CpuPool::Amount* CpuPool::amount(cudaMemPoolAttr attribute) {
  if (attribute == cudaMemPoolAttrReservedMemCurrent || attribute == cudaMemPoolAttrReservedMemHigh) return &reserved_;
  return attribute == cudaMemPoolAttrUsedMemCurrent || attribute == cudaMemPoolAttrUsedMemHigh ? &used_ : nullptr;
}

namespace {

bool is_reuse(cudaMemPoolAttr attribute) {
  return attribute >= cudaMemPoolReuseFollowEventDependencies && attribute <= cudaMemPoolReuseAllowInternalDependencies;
}

bool is_high(cudaMemPoolAttr attribute) {
  return attribute == cudaMemPoolAttrReservedMemHigh || attribute == cudaMemPoolAttrUsedMemHigh;
}

}  // namespace

// A high-water mark can only be set to zero: it then starts from what is current.
cudaError_t CpuPool::set(cudaMemPoolAttr attribute, const void* value) {
  Lock lock(mutex_);
  if (is_reuse(attribute)) {
    reuse_[attribute - cudaMemPoolReuseFollowEventDependencies] = *static_cast<const int*>(value) != 0;
    return cudaSuccess;
  }
  if (attribute == cudaMemPoolAttrReleaseThreshold) {
    threshold_ = *static_cast<const uint64_t*>(value);
    return cudaSuccess;
  }
  if (!is_high(attribute) || *static_cast<const uint64_t*>(value) != 0) return cudaErrorInvalidValue;
  Amount* const counted = amount(attribute);
  counted->high = counted->current;
  return cudaSuccess;
}

cudaError_t CpuPool::get(cudaMemPoolAttr attribute, void* value) {
  Lock lock(mutex_);
  if (is_reuse(attribute)) {
    *static_cast<int*>(value) = reuse_[attribute - cudaMemPoolReuseFollowEventDependencies];
    return cudaSuccess;
  }
  const Amount* const counted = amount(attribute);
  if (counted == nullptr && attribute != cudaMemPoolAttrReleaseThreshold) return cudaErrorInvalidValue;
  *static_cast<uint64_t*>(value) = counted == nullptr ? threshold_ : is_high(attribute) ? counted->high : counted->current;
  return cudaSuccess;
}

// The pool's own device always may do everything. Every CPU device reaches the memory anyway: what is set is remembered.
cudaError_t CpuPool::set_access(const Device& peer, cudaMemAccessFlags flags) {
  if (&peer == &device_) return flags == cudaMemAccessFlagsProtReadWrite ? cudaSuccess : cudaErrorInvalidValue;
  Lock lock(mutex_);
  peers_read_ = flags != cudaMemAccessFlagsProtNone ? peers_read_ | bit_of(peer) : peers_read_ & ~bit_of(peer);
  peers_write_ = flags == cudaMemAccessFlagsProtReadWrite ? peers_write_ | bit_of(peer) : peers_write_ & ~bit_of(peer);
  return cudaSuccess;
}

cudaError_t CpuPool::get_access(const Device& peer, cudaMemAccessFlags* flags) {
  Lock lock(mutex_);
  const bool own = &peer == &device_;
  const bool reads = (peers_read_ & bit_of(peer)) != 0;
  const bool writes = own || (peers_write_ & bit_of(peer)) != 0;
  *flags = writes ? cudaMemAccessFlagsProtReadWrite : reads ? cudaMemAccessFlagsProtRead : cudaMemAccessFlagsProtNone;
  return cudaSuccess;
}

cudaError_t CpuPool::export_handle(cudaMemAllocationHandleType type, void* handle) {
  if (file_ < 0 || type != cudaMemHandleTypePosixFileDescriptor) return cudaErrorInvalidValue;
  const int copy = fcntl(file_, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return cudaErrorOperatingSystem;
  *static_cast<int*>(handle) = copy;
  return cudaSuccess;
}

cudaError_t CpuPool::export_pointer(void* memory, cudaMemPoolPtrExportData* data) {
  Lock lock(mutex_);
  const auto base = reinterpret_cast<uintptr_t>(memory);
  const size_t bytes = blocks_.used_bytes(base);
  if (file_ < 0 || bytes == 0) return cudaErrorInvalidValue;
  const PoolChunk& chunk = *blocks_.chunk_of(base);
  const FileTicket ticket = ticket_for(file_, kPoolPointer, chunk.offset + (base - chunk.base), bytes);
  static_assert(sizeof ticket <= sizeof *data);
  memset(data, 0, sizeof *data);
  memcpy(data, &ticket, sizeof ticket);
  return cudaSuccess;
}

cudaError_t CpuPool::import_pointer(const cudaMemPoolPtrExportData&, void**, size_t*) { return cudaErrorInvalidValue; }

}  // namespace cw::cpu
