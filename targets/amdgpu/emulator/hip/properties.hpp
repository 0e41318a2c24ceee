// hipDeviceProp_tR0600: what cudaDeviceProp has comes first, at the same offsets.
#pragma once

#include <driver_types.h>

#include "emulator/hip/abi.hpp"

namespace cw::amdhip {

class Device;

struct Properties : cudaDeviceProp {
  int hip_reserved[32];
  char gcn_arch[256];
  size_t max_shared_per_multiprocessor;
  int clock_instruction_rate;  // kHz
  unsigned features;           // hipDeviceArch_t
  unsigned* hdp_flush[2];
  int unmatched[4];
  int is_large_bar;
  int revision;
};
static_assert(sizeof(cudaDeviceProp) == 1032 && sizeof(Properties) == 1472);

Properties properties_of(const Device& device);

}  // namespace cw::amdhip
