// The value a conditional node looks at. Kernels set it through its handle, which is its address: cudaGraphSetConditional is a
// store.
#pragma once

#include <driver_types.h>

#include "core/ref.hpp"
#include "devices/device.hpp"

namespace cw {

class GraphCondition : public Counted {
 public:
  // In memory that host and device share.
  static cudaError_t make(Device& device, unsigned default_value, bool assign_default, Ref<GraphCondition>* out);
  ~GraphCondition() override;

  Device& device() const { return device_; }
  cudaGraphConditionalHandle handle() const { return reinterpret_cast<cudaGraphConditionalHandle>(address_); }
  unsigned value() const { return __atomic_load_n(cell_, __ATOMIC_ACQUIRE); }
  // What every launch begins with, in the stream's order.
  cudaError_t assign_default(Stream& stream);

  bool used = false;  // by a conditional node: exactly one must

 private:
  GraphCondition(Device& device, unsigned default_value, bool assigns)
      : device_(device), default_(default_value), assigns_(assigns) {}
  Device& device_;
  unsigned default_;
  bool assigns_;
  unsigned* cell_ = nullptr;
  void* address_ = nullptr;  // the cell's, for kernels
};

}  // namespace cw
