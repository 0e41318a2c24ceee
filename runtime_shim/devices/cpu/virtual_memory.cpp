#include "devices/cpu/virtual_memory.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cw::cpu {
namespace {

class FileMemory final : public PhysicalMemory {
 public:
  FileMemory(int file, size_t bytes) : file_(file), bytes_(bytes) {}
  ~FileMemory() override { close(file_); }
  size_t bytes() const override { return bytes_; }
  cudaError_t map(void* at, size_t offset, size_t bytes) override {
    void* mapped = mmap(at, bytes, PROT_NONE, MAP_SHARED | MAP_FIXED, file_, static_cast<off_t>(offset));
    return mapped != MAP_FAILED ? cudaSuccess : cudaErrorMemoryAllocation;
  }
  cudaError_t export_file(int* file) override {
    *file = fcntl(file_, F_DUPFD_CLOEXEC, 0);
    return *file >= 0 ? cudaSuccess : cudaErrorOperatingSystem;
  }

 private:
  int file_;
  size_t bytes_;
};

constexpr int kReserve = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

}  // namespace

// More than asked for, from which the aligned part is kept.
cudaError_t reserve_addresses(size_t bytes, size_t alignment, void* wish, void** out) {
  if (bytes + alignment < bytes) return cudaErrorMemoryAllocation;
  if (reinterpret_cast<uintptr_t>(wish) % alignment != 0) wish = nullptr;
  void* all = mmap(wish, bytes + alignment, PROT_NONE, kReserve, -1, 0);
  if (all == MAP_FAILED) return cudaErrorMemoryAllocation;
  const uintptr_t start = reinterpret_cast<uintptr_t>(all);
  const uintptr_t base = (start + alignment - 1) / alignment * alignment;
  if (base > start) munmap(all, base - start);
  munmap(reinterpret_cast<void*>(base + bytes), start + alignment - base);
  *out = reinterpret_cast<void*>(base);
  return cudaSuccess;
}

cudaError_t free_addresses(void* base, size_t bytes) { return munmap(base, bytes) == 0 ? cudaSuccess : cudaErrorOperatingSystem; }

cudaError_t create_memory(size_t bytes, Ref<PhysicalMemory>* out) {
  constexpr unsigned kCloseOnExec = 1;
  const int file = static_cast<int>(syscall(SYS_memfd_create, "crosswarp-memory", kCloseOnExec));
  if (file < 0) return cudaErrorOperatingSystem;
  if (ftruncate(file, static_cast<off_t>(bytes)) != 0) {
    const bool too_large = errno == EFBIG || errno == EINVAL || errno == ENOSPC;
    close(file);
    return too_large ? cudaErrorMemoryAllocation : cudaErrorOperatingSystem;
  }
  *out = Ref<PhysicalMemory>(new FileMemory(file, bytes));
  return cudaSuccess;
}

cudaError_t import_memory(int file, Ref<PhysicalMemory>* out) {
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0 || about.st_size <= 0) return cudaErrorInvalidValue;
  const int own = fcntl(file, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return cudaErrorOperatingSystem;
  *out = Ref<PhysicalMemory>(new FileMemory(own, static_cast<size_t>(about.st_size)));
  return cudaSuccess;
}

cudaError_t unmap_memory(void* address, size_t bytes) {
  void* reserved = mmap(address, bytes, PROT_NONE, kReserve | MAP_FIXED, -1, 0);
  return reserved != MAP_FAILED ? cudaSuccess : cudaErrorOperatingSystem;
}

cudaError_t set_memory_access(void* address, size_t bytes, unsigned access) {
  const int reading = (access & 1) != 0 ? PROT_READ : PROT_NONE;
  const int writing = (access & 2) != 0 ? PROT_WRITE : PROT_NONE;
  return mprotect(address, bytes, reading | writing) == 0 ? cudaSuccess : cudaErrorOperatingSystem;
}

}  // namespace cw::cpu
