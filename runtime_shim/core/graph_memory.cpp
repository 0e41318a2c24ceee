#include "core/graph_memory.hpp"

#include "core/hash_map.hpp"
#include "core/immortal.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

// Bytes, by device ordinal: valid ones and reserved ones, now and at most.
struct Usage {
  uint64_t values[4] = {};
  void change(cudaGraphMemAttributeType current, int64_t bytes) {
    values[current] += static_cast<uint64_t>(bytes);
    if (values[current] > values[current + 1]) values[current + 1] = values[current];
  }
};

Mutex mutex;
constinit Immortal<HashMap<GraphMemory*>> living;
constinit Immortal<Vector<GraphMemory*>> listed;
constinit Immortal<Vector<Usage>> usages;

Usage& usage_of(int ordinal) {
  const auto at = static_cast<size_t>(ordinal);
  if (usages.value.size() <= at) usages.value.resize(at + 1);
  return usages.value[at];
}

bool known(cudaGraphMemAttributeType attribute) {
  return attribute >= cudaGraphMemAttrUsedMemCurrent && attribute <= cudaGraphMemAttrReservedMemHigh;
}

}  // namespace

cudaError_t GraphMemory::make(Device& device, int ordinal, size_t bytes, Ref<GraphMemory>* out) {
  Ref<GraphMemory> made(new GraphMemory(device, ordinal, bytes));
  const cudaError_t error = device.allocate(bytes, &made->address_);
  if (error != cudaSuccess) return error;
  runtime().memory().add(made->address_, bytes, MemoryKind::kDevice, ordinal);
  Lock lock(mutex);
  living.value.set(key_of(made->address_), made.get());
  listed.value.push(made.get());
  *out = made;
  return cudaSuccess;
}

GraphMemory::~GraphMemory() {
  if (address_ == nullptr) return;
  {
    Lock lock(mutex);
    living.value.erase(key_of(address_));
    listed.value.erase_value(this);
    if (touched_) usage_of(ordinal_).change(cudaGraphMemAttrReservedMemCurrent, -static_cast<int64_t>(bytes_));
  }
  MemoryRange range;
  if (!runtime().memory().remove(address_, MemoryKind::kDevice, MemoryKind::kDevice, &range)) return;  // the device was reset
  if (touched_) device_.synchronize();                                                                 // a launch may still use it
  device_.release(address_);
}

Ref<GraphMemory> GraphMemory::find(const void* address) {
  if (address == nullptr) return Ref<GraphMemory>();
  Lock lock(mutex);
  GraphMemory** found = living.value.find(key_of(static_cast<const char*>(address)));
  if (found == nullptr || !(*found)->try_retain()) return Ref<GraphMemory>();
  Ref<GraphMemory> held(*found);
  held->release();  // try_retain's
  return held;
}

bool GraphMemory::valid() {
  Lock lock(mutex);
  return valid_;
}

bool GraphMemory::allocate() {
  Lock lock(mutex);
  if (valid_) return false;
  Usage& usage = usage_of(ordinal_);
  usage.change(cudaGraphMemAttrUsedMemCurrent, static_cast<int64_t>(bytes_));
  if (!touched_) usage.change(cudaGraphMemAttrReservedMemCurrent, static_cast<int64_t>(bytes_));
  valid_ = touched_ = true;
  retain();  // the program's hold on it
  return true;
}

bool GraphMemory::free() {
  {
    Lock lock(mutex);
    if (!valid_) return false;
    valid_ = false;
    usage_of(ordinal_).change(cudaGraphMemAttrUsedMemCurrent, -static_cast<int64_t>(bytes_));
  }
  release();
  return true;
}

bool free_graph_memory(void* memory, cudaError_t* error) {
  const Ref<GraphMemory> found = GraphMemory::find(memory);
  if (!found) return false;
  *error = found->free() ? cudaSuccess : cudaErrorInvalidValue;
  return true;
}

cudaError_t graph_memory_attribute(int ordinal, cudaGraphMemAttributeType attribute, uint64_t* value) {
  if (!known(attribute)) return cudaErrorInvalidValue;
  Lock lock(mutex);
  *value = usage_of(ordinal).values[attribute];
  return cudaSuccess;
}

cudaError_t reset_graph_memory_attribute(int ordinal, cudaGraphMemAttributeType attribute, uint64_t value) {
  const bool high = attribute == cudaGraphMemAttrUsedMemHigh || attribute == cudaGraphMemAttrReservedMemHigh;
  if (!high || value != 0) return cudaErrorInvalidValue;
  Lock lock(mutex);
  Usage& usage = usage_of(ordinal);
  usage.values[attribute] = usage.values[attribute - 1];
  return cudaSuccess;
}

cudaError_t trim_graph_memory(Device& device, int ordinal) {
  const cudaError_t error = device.synchronize();
  Lock lock(mutex);
  for (GraphMemory* memory : listed.value) {
    if (memory->ordinal_ != ordinal || memory->valid_ || !memory->touched_) continue;
    if (!device.discard(memory->address_, memory->bytes_)) continue;
    memory->touched_ = false;
    usage_of(ordinal).change(cudaGraphMemAttrReservedMemCurrent, -static_cast<int64_t>(memory->bytes_));
  }
  return error;
}

}  // namespace cw
