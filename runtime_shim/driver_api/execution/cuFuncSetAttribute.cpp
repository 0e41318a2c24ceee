#include "driver_api/entry.hpp"

using namespace cw::driver;

CW_DRIVER_ENTRY cuFuncSetAttribute(CUfunction function, int attribute, int value) {
  constexpr int kMaxDynamicShared = 8;
  constexpr int kCarveout = 9;
  return in_context([&] {
    if (attribute == kMaxDynamicShared) return internal().kernel_set_max_dynamic_shared(kernel_of(function), value);
    return attribute == kCarveout ? cudaSuccess : cudaErrorInvalidValue;
  });
}
