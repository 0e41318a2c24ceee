#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "devices/cpu/device.hpp"
#include "devices/cpu/pool.hpp"
#include "devices/cpu/shared_file.hpp"

namespace cw::cpu {

ImportedPool::~ImportedPool() { close(file_); }

// Pages are what can be mapped: a block may start inside one.
cudaError_t ImportedPool::import_pointer(const cudaMemPoolPtrExportData& data, void** memory, size_t* bytes) {
  FileTicket ticket;
  memcpy(&ticket, &data, sizeof ticket);
  if (memcmp(ticket.magic, kPoolPointer, sizeof ticket.magic) != 0 || !is_file(file_, ticket.node)) return cudaErrorInvalidValue;
  const size_t page = whole_pages(1);
  const size_t inside = ticket.offset % page;
  void* mapped = map_file(file_, ticket.offset - inside, inside + ticket.bytes);
  if (mapped == nullptr) return cudaErrorMapBufferObjectFailed;
  *memory = static_cast<char*>(mapped) + inside;
  *bytes = ticket.bytes;
  Lock lock(mutex_);
  mapped_.set(reinterpret_cast<uintptr_t>(*memory), inside + ticket.bytes);
  return cudaSuccess;
}

bool ImportedPool::forget(void* memory, size_t* bytes) {
  Lock lock(mutex_);
  const auto address = reinterpret_cast<uintptr_t>(memory);
  const size_t* found = mapped_.find(address);
  if (found == nullptr) return false;
  *bytes = *found;
  mapped_.erase(address);
  return true;
}

namespace {

void* first_page(void* memory) {
  const auto address = reinterpret_cast<uintptr_t>(memory);
  return reinterpret_cast<void*>(address - address % whole_pages(1));
}

}  // namespace

cudaError_t ImportedPool::free_in(Stream& stream, void* memory) {
  size_t bytes = 0;
  if (!forget(memory, &bytes)) return cudaErrorInvalidValue;
  static_cast<CpuStream&>(stream).unmap(first_page(memory), bytes);
  return cudaSuccess;
}

cudaError_t ImportedPool::free_now(void* memory) {
  size_t bytes = 0;
  if (!forget(memory, &bytes)) return cudaErrorInvalidValue;
  munmap(first_page(memory), bytes);
  return cudaSuccess;
}

cudaError_t ImportedPool::get_access(const Device&, cudaMemAccessFlags* flags) {
  *flags = cudaMemAccessFlagsProtReadWrite;
  return cudaSuccess;
}

}  // namespace cw::cpu
