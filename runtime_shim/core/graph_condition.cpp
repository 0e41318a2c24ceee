#include "core/graph_condition.hpp"

namespace cw {

cudaError_t GraphCondition::make(Device& device, unsigned default_value, bool assign_default, Ref<GraphCondition>* out) {
  Ref<GraphCondition> made(new GraphCondition(device, default_value, assign_default));
  void* cell = nullptr;
  cudaError_t error = device.allocate_host(sizeof *made->cell_, cudaHostAllocMapped, &cell);
  if (error != cudaSuccess) return error;
  made->cell_ = static_cast<unsigned*>(cell);
  *made->cell_ = default_value;
  error = device.device_pointer(cell, &made->address_);
  if (error == cudaSuccess) *out = made;
  return error;
}

GraphCondition::~GraphCondition() {
  if (cell_ != nullptr) device_.release_host(cell_);
}

cudaError_t GraphCondition::assign_default(Stream& stream) {
  if (!assigns_) return cudaSuccess;
  return stream.fill(Fill{address_, sizeof *cell_, sizeof *cell_, default_, sizeof *cell_, 1, 1, 1});
}

}  // namespace cw
