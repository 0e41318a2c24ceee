#include "core/runtime.hpp"

#include <link.h>
#include <pthread.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "core/choice.hpp"
#include "core/graph_exec.hpp"
#include "core/virtual_memory.hpp"
#include "evidence/log.hpp"

namespace cw {
namespace {

alignas(Runtime) unsigned char storage[sizeof(Runtime)];
pthread_once_t once = PTHREAD_ONCE_INIT;
void (*start_hook)() = nullptr;

int note_file(dl_phdr_info* file, size_t, void*) {
  if (file->dlpi_name[0] == '/') evidence::line("file\t%s", file->dlpi_name);
  return 0;
}

// The kind of the devices, the variables that say which ones they are, and the files that the program is made of.
void note_devices(const Vector<Owned<Device>>& devices) {
  if (!evidence::enabled || devices.empty()) return;
  const char* kind = devices[0]->kind();
  const char* chosen = std::getenv("CROSSWARP_DEVICE");
  const char* library = std::getenv(std::strcmp(kind, "amd") == 0 ? "CROSSWARP_HIP_LIBRARY" : "CROSSWARP_NVIDIA_LIBRARY");
  evidence::line("device\t%s\t%s\t%s", kind, chosen != nullptr ? chosen : "", library != nullptr ? library : "");
  dl_iterate_phdr(note_file, nullptr);
}

void release_range(Device& device, const MemoryRange& range) {
  void* base = reinterpret_cast<void*>(range.base);
  switch (range.kind) {
    case MemoryKind::kDevice:
      if (range.pool) {
        range.pool->free_now(base);
      } else {
        device.release(base);
      }
      return;
    case MemoryKind::kHost:
      device.release_host(base);
      return;
    case MemoryKind::kManaged:
      runtime().advice().forget(range.base, range.base + range.bytes);
      device.release_managed(base);
      return;
    case MemoryKind::kRegistered:
      device.unregister_host(base);
      return;
    case MemoryKind::kVariable:
    case MemoryKind::kManagedVariable:
    case MemoryKind::kImported:
      return;  // goes with its module
    case MemoryKind::kMapped:
      return;  // core/virtual_memory.hpp
  }
}

}  // namespace

void on_start(void (*hook)()) { start_hook = hook; }

Runtime& runtime() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) Runtime(); });
  return *reinterpret_cast<Runtime*>(storage);
}

cudaError_t Runtime::start() {
  Lock lock(mutex_);
  if (!started_) {
    if (start_hook != nullptr) start_hook();
    start_error_ = choose_devices(registry_, &devices_);
    note_devices(devices_);
    properties_.resize(devices_.size());
    device_flags_.resize(devices_.size());
    for (int i = 0; i < device_count(); ++i) {
      default_pools_.push(Owned<MemoryPool>(new MemoryPool));
      default_pools_.back()->device = i;
      device(i).default_pool(&default_pools_.back()->pool);
      current_pools_.push(default_pools_.back().get());
    }
    started_ = true;
  }
  return start_error_;
}

int Runtime::ordinal_of(const Device& device) const {
  for (int i = 0; i < device_count(); ++i) {
    if (devices_[static_cast<size_t>(i)].get() == &device) return i;
  }
  return -1;
}

cudaError_t Runtime::properties(int ordinal, const cudaDeviceProp** out) {
  Lock lock(mutex_);
  Owned<KnownProperties>& known = properties_[static_cast<size_t>(ordinal)];
  if (!known) {
    Owned<KnownProperties> fresh(new KnownProperties);
    const cudaError_t error = device(ordinal).properties(&fresh->value);
    if (error != cudaSuccess) return error;
    known = static_cast<Owned<KnownProperties>&&>(fresh);
  }
  *out = &known->value;
  return cudaSuccess;
}

cudaError_t Runtime::reset(int ordinal) {
  Device& device = this->device(ordinal);
  device.synchronize();
  while (Owned<Stream> stream = streams_.take_any(ordinal)) {
  }
  texture_references_.forget(ordinal);
  while (Owned<Texture> texture = textures_.take_any(ordinal)) {
  }
  while (Owned<Surface> surface = surfaces_.take_any(ordinal)) {
  }
  while (Owned<MipmappedArray> mipmapped = mipmapped_arrays_.take_any(ordinal)) {
  }
  while (Owned<Array> array = arrays_.take_any(ordinal)) {
  }
  GraphExec::destroy_all(ordinal);
  while (Owned<Graph> graph = graphs_.take_any(ordinal)) {
  }
  while (Owned<Event> event = events_.take_any(ordinal)) {
  }
  forget_virtual_memory(ordinal);
  shared_memory_.forget(ordinal);
  MemoryRange range;
  while (memory_.remove_next(ordinal, &range)) release_range(device, range);
  set_current_pool(ordinal, default_pool(ordinal));
  while (Owned<MemoryPool> pool = pools_.take_any(ordinal)) {
  }
  default_pool(ordinal)->pool->trim(0);
  while (Owned<Module> module = modules_.take_any(ordinal)) {
  }
  registry_.unload(device, ordinal);
  const cudaError_t error = device.reset();
  if (error == cudaSuccess) registry_.bind_all_managed(device, ordinal);
  return error;
}

}  // namespace cw
