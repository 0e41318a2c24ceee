// Memory and events of the CPU device in other processes.
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "devices/cpu/device.hpp"
#include "devices/cpu/memory.hpp"

namespace cw::cpu {
namespace {

constexpr char kMemory[8] = {'c', 'w', '-', 'm', 'e', 'm', 'o', '1'};

}  // namespace

// The bytes move into a memory file. No stream of this device runs meanwhile: none can be given work, and what has work finishes.
cudaError_t CpuDevice::share_memory(void* memory, cudaIpcMemHandle_t* out) {
  FileTicket ticket;
  Lock lock(order_);
  for (const Ref<Queue>& queue : queues_) queue->wait(queue->submitted());
  if (!device_memory().share(memory, kMemory, &ticket)) return cudaErrorInvalidValue;
  static_assert(sizeof ticket <= sizeof *out);
  memset(out, 0, sizeof *out);
  memcpy(out, &ticket, sizeof ticket);
  return cudaSuccess;
}

// As with NVIDIA's driver, a process cannot open what it exported itself.
cudaError_t CpuDevice::open_memory(const cudaIpcMemHandle_t& handle, unsigned, void** out, size_t* bytes) {
  FileTicket ticket;
  memcpy(&ticket, &handle, sizeof ticket);
  const int file = open_file(ticket, kMemory);
  if (file < 0) return cudaErrorInvalidResourceHandle;
  const bool own = ticket.process == getpid();
  *out = own ? nullptr : map_file(file, ticket.offset, ticket.bytes);
  *bytes = ticket.bytes;
  close(file);
  return own ? cudaErrorDeviceUninitialized : *out != nullptr ? cudaSuccess : cudaErrorMapBufferObjectFailed;
}

cudaError_t CpuDevice::close_memory(void* memory, size_t bytes) {
  synchronize();
  return munmap(memory, bytes) == 0 ? cudaSuccess : cudaErrorInvalidValue;
}

cudaError_t CpuDevice::share_event(Event& event, cudaIpcEventHandle_t* out) {
  const Ref<SharedRecord>& shared = static_cast<CpuEvent&>(event).shared();
  if (!shared) return cudaErrorInvalidResourceHandle;
  shared->write_handle(out);
  return cudaSuccess;
}

cudaError_t CpuDevice::open_event(const cudaIpcEventHandle_t& handle, Owned<Event>* out) {
  const Ref<SharedRecord> shared(SharedRecord::open(handle));
  if (!shared) return cudaErrorInvalidResourceHandle;
  out->reset(new CpuEvent(*this, cudaEventInterprocess | cudaEventDisableTiming, shared));
  return cudaSuccess;
}

}  // namespace cw::cpu
