// The memory of all CPU devices of the process: one account, and what it takes to share an allocation with another process.
#pragma once

#include "core/flat_map.hpp"
#include "core/memory_account.hpp"
#include "core/sync.hpp"
#include "devices/cpu/shared_file.hpp"

namespace cw::cpu {

class DeviceMemory {
 public:
  // Whole pages of its own, so that they can become part of a memory file later. Null when there is not that much memory.
  void* allocate(size_t bytes);
  void release(void* memory);
  // Moves the allocation into a memory file, at the same address, and tells what to hand to other processes.
  // Nothing may use the memory meanwhile. False for an address that is not in an allocation, or when there are no more files.
  bool share(const void* memory, const char magic[8], FileTicket* out);
  // Takes `bytes` into the account, for memory that comes from elsewhere (pools); false when there is not that much.
  bool charge(size_t bytes);
  void discharge(size_t bytes);
  // Free memory counts down from what the machine had to spare when the process first asked.
  void info(size_t* free_bytes, size_t* total_bytes);

 private:
  struct Allocation {
    size_t bytes;
    void* block;  // what the C library gave
    int file;     // -1: not shared
  };
  bool move_to_file(uintptr_t base, Allocation* allocation);

  Mutex mutex_;
  FlatMap<uintptr_t, Allocation> allocations_;
  MemoryAccount account_;
};

DeviceMemory& device_memory();

}  // namespace cw::cpu
