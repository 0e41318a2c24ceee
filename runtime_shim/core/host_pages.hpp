// Host memory of the program itself that devices may reach: the pages on which its managed variables lie.
#pragma once

#include "core/flat_map.hpp"
#include "devices/device.hpp"

namespace cw {

class HostPages {
 public:
  // Makes the pages under the `bytes` from `memory` reachable for every device and gives the address that device code uses.
  // Variables share pages: each page is registered once.
  cudaError_t share(Device& device, int ordinal, void* memory, size_t bytes, void** visible);
  // Gives back what was registered through a device, before that device is reset.
  void forget(Device& device, int ordinal);

 private:
  struct Run {
    uintptr_t end;
    int ordinal;
  };
  cudaError_t cover(Device& device, int ordinal, uintptr_t begin, uintptr_t end);

  FlatMap<uintptr_t, Run> runs_;  // by first address
};

}  // namespace cw
