// The books of all memory that programs got here. Device memory is memory of this process.
#pragma once

#include "core/flat_map.hpp"
#include "core/memory_account.hpp"
#include "core/ref.hpp"
#include "core/sync.hpp"
#include "emulator/hip/abi.hpp"

namespace cw::amdhip {

class Device;

// Whoever keeps account of an allocation.
class Account : public Counted {
 public:
  virtual void gone(size_t bytes) = 0;
};

struct Allocation {
  uintptr_t base = 0;
  size_t bytes = 0;
  void* block = nullptr;  // what the C library gave
  MemoryType type = kUnregistered;
  int device = 0;
  unsigned flags = 0;
  bool registered = false;  // the program's own memory
  Ref<Account> account;     // null: none but the books
};

class Memory {
 public:
  // hipErrorOutOfMemory beyond what the machine has.
  Error allocate(size_t bytes, const Allocation& like, void** out);
  Error add_registered(void* memory, size_t bytes, unsigned flags, int device);
  // The allocation that starts there goes, if `accept` likes it.
  template <typename Accept>
  Error release(void* memory, Accept accept) {
    Allocation gone;
    {
      Lock lock(mutex_);
      const Allocation* found = allocations_.find(reinterpret_cast<uintptr_t>(memory));
      if (found == nullptr || !accept(*found)) return hipErrorInvalidValue;
      gone = *found;
      allocations_.erase(gone.base);
      if (!gone.registered) account_.discharge(gone.bytes);
    }
    discard(gone);
    return hipSuccess;
  }
  // False for memory that is not ours.
  bool find(const void* memory, Allocation* out);
  // False where `memory` lies in an allocation that ends before its `bytes` do.
  bool fits(const void* memory, size_t bytes);
  void info(size_t* free_bytes, size_t* total_bytes);

 private:
  static void discard(const Allocation& gone);

  Mutex mutex_;
  FlatMap<uintptr_t, Allocation> allocations_;
  MemoryAccount account_;
};

Memory& memory();

}  // namespace cw::amdhip
