// The process-wide state: devices, memory ranges, registered program parts, handles. Made at first use, never destroyed
// (kernels may still run while a program's destructors do).
#pragma once

#include <atomic>

#include "core/advice.hpp"
#include "core/array.hpp"
#include "core/graph.hpp"
#include "core/handles.hpp"
#include "core/memory_map.hpp"
#include "core/memory_pool.hpp"
#include "core/mipmapped_array.hpp"
#include "core/notifications.hpp"
#include "core/registry.hpp"
#include "core/shared_memory.hpp"
#include "core/texture.hpp"
#include "core/texture_reference.hpp"
#include "devices/device.hpp"

namespace cw {

class Runtime {
 public:
  // Chooses the devices at the first call (core/choice.hpp). The error is the same every time.
  cudaError_t start();
  int device_count() const { return static_cast<int>(devices_.size()); }
  Device& device(int ordinal) { return *devices_[static_cast<size_t>(ordinal)]; }
  int ordinal_of(const Device& device) const;
  // Properties do not change while a program runs: read once.
  cudaError_t properties(int ordinal, const cudaDeviceProp** out);

  unsigned device_flags(int ordinal) {
    Lock lock(mutex_);
    return device_flags_[static_cast<size_t>(ordinal)];
  }
  void set_device_flags(int ordinal, unsigned flags) {
    Lock lock(mutex_);
    device_flags_[static_cast<size_t>(ordinal)] = flags;
  }

  MemoryMap& memory() { return memory_; }
  SharedMemory& shared_memory() { return shared_memory_; }
  AdviceMap& advice() { return advice_; }
  Registry& registry() { return registry_; }
  Handles<Stream>& streams() { return streams_; }
  Handles<Event>& events() { return events_; }
  Handles<Module>& modules() { return modules_; }  // loaded by the program itself

  Handles<Array>& arrays() { return arrays_; }
  Handles<MipmappedArray>& mipmapped_arrays() { return mipmapped_arrays_; }
  Handles<Texture>& textures() { return textures_; }  // by the object's number
  Handles<Surface>& surfaces() { return surfaces_; }
  TextureReferences& texture_references() { return texture_references_; }
  Handles<Graph>& graphs() { return graphs_; }

  Handles<Notification>& notifications() { return notifications_; }
  Handles<MemoryPool>& pools() { return pools_; }
  MemoryPool* default_pool(int ordinal) { return default_pools_[static_cast<size_t>(ordinal)].get(); }
  MemoryPool* current_pool(int ordinal) {
    Lock lock(mutex_);
    return current_pools_[static_cast<size_t>(ordinal)];
  }
  void set_current_pool(int ordinal, MemoryPool* pool) {
    Lock lock(mutex_);
    current_pools_[static_cast<size_t>(ordinal)] = pool;
  }

  // An entry was called, not only the program's managed variables prepared.
  void mark_used() { used_.store(true, std::memory_order_relaxed); }
  bool is_used() const { return used_.load(std::memory_order_relaxed); }

  // Destroys everything the program made on a device and loads its modules anew on next use.
  cudaError_t reset(int ordinal);

 private:
  struct KnownProperties : Allocated {
    cudaDeviceProp value;
  };
  Mutex mutex_;
  bool started_ = false;
  std::atomic<bool> used_{false};
  cudaError_t start_error_ = cudaSuccess;
  Vector<Owned<Device>> devices_;
  Vector<Owned<KnownProperties>> properties_;
  Vector<unsigned> device_flags_;
  MemoryMap memory_;
  SharedMemory shared_memory_;
  AdviceMap advice_;
  Registry registry_;
  Handles<Stream> streams_;
  Handles<Event> events_;
  Handles<Module> modules_;
  Vector<Owned<MemoryPool>> default_pools_;
  Vector<MemoryPool*> current_pools_;
  Handles<MemoryPool> pools_;
  Handles<Notification> notifications_;
  Handles<Array> arrays_;
  Handles<MipmappedArray> mipmapped_arrays_;
  Handles<Texture> textures_;
  Handles<Surface> surfaces_;
  TextureReferences texture_references_;
  Handles<Graph> graphs_;
};

Runtime& runtime();

// Called when a program first asks for a device; one function.
void on_start(void (*hook)());

}  // namespace cw
