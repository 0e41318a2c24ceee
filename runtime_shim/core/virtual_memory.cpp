#include "core/virtual_memory.hpp"

#include "api/entry.hpp"

namespace cw {
namespace {

struct Handle {
  Ref<PhysicalMemory> memory;
  unsigned references = 1;
  int device = 0;
  bool shareable = false;
};

struct Mapping {
  size_t bytes = 0;
  Ref<PhysicalMemory> memory;
  int device = 0;
  bool shareable = false;
  Vector<unsigned> access;  // by device

  unsigned any_access() const {
    unsigned any = 0;
    for (const unsigned one : access) any |= one;
    return any;
  }
};

struct State {
  Mutex mutex;
  FlatMap<uintptr_t, size_t> reserved;
  FlatMap<uintptr_t, Mapping> mapped;
  FlatMap<uint64_t, Handle> handles;
  uint64_t last_handle = 0;
};

alignas(State) unsigned char storage[sizeof(State)];
pthread_once_t once = PTHREAD_ONCE_INIT;

State& state() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) State(); });
  return *reinterpret_cast<State*>(storage);
}

uintptr_t number(const void* address) { return reinterpret_cast<uintptr_t>(address); }
void* place(uintptr_t address) { return reinterpret_cast<void*>(address); }
bool is_multiple(uintptr_t value, size_t unit) { return value % unit == 0; }

// Runs `body(Device&, State&)` under the lock, where the device has virtual memory management.
template <typename Body>
cudaError_t on_state(Body body) {
  return on_device([&](Device& device, int) {
    if (device.memory_granularity() == 0) return cudaErrorNotSupported;
    Lock lock(state().mutex);
    return body(device, state());
  });
}

bool supported() { return runtime().start() == cudaSuccess && runtime().device(0).memory_granularity() != 0; }
size_t granularity() { return runtime().start() == cudaSuccess ? runtime().device(0).memory_granularity() : 0; }

cudaError_t reserve(size_t bytes, size_t alignment, void* wish, void** out) {
  return on_state([&](Device& device, State& s) {
    const size_t unit = device.memory_granularity();
    const bool power = (alignment & (alignment - 1)) == 0;
    if (out == nullptr || bytes == 0 || !is_multiple(bytes, unit) || !power) return cudaErrorInvalidValue;
    const cudaError_t error = device.reserve_addresses(bytes, alignment > unit ? alignment : unit, wish, out);
    if (error == cudaSuccess) s.reserved.set(number(*out), bytes);
    return error;
  });
}

// True when something is mapped in the range.
bool has_mapping(State& s, uintptr_t base, size_t bytes) {
  auto* item = s.mapped.at_or_below(base + bytes - 1);
  return item != nullptr && item->key + item->value.bytes > base;
}

cudaError_t unreserve(void* address, size_t bytes) {
  return on_state([&](Device& device, State& s) {
    const size_t* known = s.reserved.find(number(address));
    if (known == nullptr || *known != bytes || has_mapping(s, number(address), bytes)) return cudaErrorInvalidValue;
    s.reserved.erase(number(address));
    return device.free_addresses(address, bytes);
  });
}

cudaError_t create(int ordinal, size_t bytes, bool shareable, uint64_t* out) {
  return on_state([&](Device& current, State& s) {
    if (out == nullptr || bytes == 0 || !is_multiple(bytes, current.memory_granularity())) return cudaErrorInvalidValue;
    if (!is_device(ordinal)) return cudaErrorInvalidDevice;
    Handle handle;
    handle.device = ordinal;
    handle.shareable = shareable;
    const cudaError_t error = runtime().device(ordinal).create_memory(bytes, shareable, &handle.memory);
    if (error != cudaSuccess) return error;
    *out = ++s.last_handle;
    s.handles.set(*out, static_cast<Handle&&>(handle));
    return cudaSuccess;
  });
}

// The handle of memory that is mapped; a new one where the program has released it.
cudaError_t retain(const void* address, uint64_t* out) {
  return on_state([&](Device&, State& s) {
    auto* item = s.mapped.at_or_below(number(address));
    if (out == nullptr || item == nullptr || number(address) - item->key >= item->value.bytes) return cudaErrorInvalidValue;
    for (auto& handle : s.handles) {
      if (handle.value.memory.get() != item->value.memory.get()) continue;
      ++handle.value.references;
      *out = handle.key;
      return cudaSuccess;
    }
    *out = ++s.last_handle;
    s.handles.set(*out, Handle{item->value.memory, 1, item->value.device, item->value.shareable});
    return cudaSuccess;
  });
}

cudaError_t release(uint64_t number_of) {
  return on_state([&](Device&, State& s) {
    Handle* handle = s.handles.find(number_of);
    if (handle == nullptr) return cudaErrorInvalidValue;
    if (--handle->references == 0) s.handles.erase(number_of);
    return cudaSuccess;
  });
}

cudaError_t describe(uint64_t number_of, int* device, bool* shareable) {
  return on_state([&](Device&, State& s) {
    const Handle* handle = s.handles.find(number_of);
    if (handle == nullptr) return cudaErrorInvalidValue;
    *device = handle->device;
    *shareable = handle->shareable;
    return cudaSuccess;
  });
}

bool is_reserved(State& s, uintptr_t base, size_t bytes) {
  auto* item = s.reserved.at_or_below(base);
  return item != nullptr && base - item->key <= item->value && bytes <= item->value - (base - item->key);
}

cudaError_t map(void* address, size_t bytes, size_t offset, uint64_t number_of) {
  return on_state([&](Device& device, State& s) {
    const size_t unit = device.memory_granularity();
    Handle* handle = s.handles.find(number_of);
    if (handle == nullptr || bytes == 0 || !is_multiple(bytes | offset | number(address), unit)) return cudaErrorInvalidValue;
    if (offset > handle->memory->bytes() || bytes > handle->memory->bytes() - offset) return cudaErrorInvalidValue;
    if (!is_reserved(s, number(address), bytes) || has_mapping(s, number(address), bytes)) return cudaErrorInvalidValue;
    const cudaError_t error = handle->memory->map(address, offset, bytes);
    if (error != cudaSuccess) return error;
    Mapping mapping;
    mapping.bytes = bytes;
    mapping.memory = handle->memory;
    mapping.device = handle->device;
    mapping.shareable = handle->shareable;
    mapping.access.resize(static_cast<size_t>(runtime().device_count()));
    s.mapped.set(number(address), static_cast<Mapping&&>(mapping));
    return cudaSuccess;
  });
}

// Runs `body(address, Mapping&)` on the mappings that the range consists of; cudaErrorInvalidValue where it has gaps, or parts of
// one.
template <typename Body>
cudaError_t on_mappings(State& s, void* address, size_t bytes, Body body) {
  if (bytes == 0) return cudaErrorInvalidValue;
  const uintptr_t end = number(address) + bytes;
  uintptr_t at = number(address);
  while (at < end) {
    const Mapping* mapping = s.mapped.find(at);
    if (mapping == nullptr || mapping->bytes > end - at) return cudaErrorInvalidValue;
    at += mapping->bytes;
  }
  for (at = number(address); at < end;) {
    Mapping& mapping = *s.mapped.find(at);
    const size_t size = mapping.bytes;
    const cudaError_t error = body(place(at), mapping);
    if (error != cudaSuccess) return error;
    at += size;
  }
  return cudaSuccess;
}

cudaError_t remove_mapping(Device& device, State& s, void* at, const Mapping& mapping) {
  const cudaError_t error = device.unmap_memory(at, mapping.bytes);
  if (error != cudaSuccess) return error;
  runtime().memory().remove_kind(at, MemoryKind::kMapped);
  s.mapped.erase(number(at));
  return cudaSuccess;
}

cudaError_t unmap(void* address, size_t bytes) {
  return on_state([&](Device& device, State& s) {
    device.synchronize();
    return on_mappings(s, address, bytes, [&](void* at, Mapping& mapping) { return remove_mapping(device, s, at, mapping); });
  });
}

cudaError_t grant(void* at, Mapping& mapping, int device, unsigned access) {
  const unsigned before = mapping.any_access();
  mapping.access[static_cast<size_t>(device)] = access;
  const unsigned now = mapping.any_access();
  const cudaError_t error = runtime().device(device).set_memory_access(at, mapping.bytes, now);
  if (error != cudaSuccess || before == now) return error;
  runtime().memory().remove_kind(at, MemoryKind::kMapped);
  if (now != 0) runtime().memory().add(at, mapping.bytes, MemoryKind::kMapped, mapping.device, now);
  return cudaSuccess;
}

cudaError_t set_access(void* address, size_t bytes, int device, unsigned access) {
  return on_state([&](Device&, State& s) {
    if (!is_device(device)) return cudaErrorInvalidDevice;
    return on_mappings(s, address, bytes, [&](void* at, Mapping& mapping) { return grant(at, mapping, device, access); });
  });
}

cudaError_t access_of(const void* address, int device, unsigned* access) {
  return on_state([&](Device&, State& s) {
    auto* item = s.mapped.at_or_below(number(address));
    if (item == nullptr || number(address) - item->key >= item->value.bytes) return cudaErrorInvalidValue;
    if (!is_device(device)) return cudaErrorInvalidDevice;
    *access = item->value.access[static_cast<size_t>(device)];
    return cudaSuccess;
  });
}

cudaError_t export_file(uint64_t number_of, int* file) {
  return on_state([&](Device&, State& s) {
    const Handle* handle = s.handles.find(number_of);
    if (handle == nullptr || file == nullptr || !handle->shareable) return cudaErrorInvalidValue;
    return handle->memory->export_file(file);
  });
}

cudaError_t import_file(int file, uint64_t* out) {
  return on_state([&](Device& device, State& s) {
    if (out == nullptr) return cudaErrorInvalidValue;
    Handle handle;
    handle.device = current_device();
    handle.shareable = true;
    const cudaError_t error = device.import_memory(file, &handle.memory);
    if (error != cudaSuccess) return error;
    *out = ++s.last_handle;
    s.handles.set(*out, static_cast<Handle&&>(handle));
    return cudaSuccess;
  });
}

}  // namespace

void forget_virtual_memory(int ordinal) {
  Lock lock(state().mutex);
  State& s = state();
  for (size_t i = s.mapped.size(); i-- > 0;) {
    auto& item = s.mapped.begin()[i];
    if (item.value.device == ordinal) remove_mapping(runtime().device(ordinal), s, place(item.key), item.value);
  }
  for (size_t i = s.handles.size(); i-- > 0;) {
    if (s.handles.begin()[i].value.device == ordinal) s.handles.erase(s.handles.begin()[i].key);
  }
}

const InternalVirtualMemory kVirtualMemory = {supported, granularity, reserve, unreserve,  create,    retain,      release,
                                              describe,  map,         unmap,   set_access, access_of, export_file, import_file};

}  // namespace cw
