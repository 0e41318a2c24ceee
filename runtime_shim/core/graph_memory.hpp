// Memory of allocation nodes. Its address is fixed when the node is made; a launch makes it valid, a free node, cudaFree or
// cudaFreeAsync makes it invalid, and the next launch valid again. Between, and after the graphs are gone, it stays reserved until
// the program frees it.
#pragma once

#include <driver_types.h>

#include "core/ref.hpp"
#include "devices/device.hpp"

namespace cw {

class GraphMemory : public Counted {
 public:
  static cudaError_t make(Device& device, int ordinal, size_t bytes, Ref<GraphMemory>* out);
  ~GraphMemory() override;
  // The memory that starts at `address`, or null.
  static Ref<GraphMemory> find(const void* address);

  void* address() const { return address_; }
  size_t bytes() const { return bytes_; }
  int ordinal() const { return ordinal_; }
  Device& device() const { return device_; }
  bool valid();
  // False when it is valid already, or not valid (free).
  bool allocate();
  bool free();

 private:
  GraphMemory(Device& device, int ordinal, size_t bytes) : device_(device), ordinal_(ordinal), bytes_(bytes) {}
  friend cudaError_t trim_graph_memory(Device& device, int ordinal);
  Device& device_;
  int ordinal_;
  size_t bytes_;
  void* address_ = nullptr;
  bool valid_ = false;
  bool touched_ = false;  // holds real memory: it was valid since the last trim
};

// For cudaFree and cudaFreeAsync: false when `memory` is no graph's. Else `error` is what they return.
bool free_graph_memory(void* memory, cudaError_t* error);

// cudaErrorInvalidValue for an unknown attribute, and for a high mark that is not set to 0.
cudaError_t graph_memory_attribute(int ordinal, cudaGraphMemAttributeType attribute, uint64_t* value);
cudaError_t reset_graph_memory_attribute(int ordinal, cudaGraphMemAttributeType attribute, uint64_t value);
// Gives memory that is not valid back to the system, where the device can do so and keep the address.
cudaError_t trim_graph_memory(Device& device, int ordinal);

}  // namespace cw
