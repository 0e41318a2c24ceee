// Which devices a process sees: CROSSWARP_DEVICE, else AMD or NVIDIA where one works and the program has code for it, else the CPU.
#pragma once

#include "core/registry.hpp"
#include "devices/device.hpp"

namespace cw {

// Fills `devices` (all of one kind). cudaErrorNoDevice, with one line on stderr, when the device that was asked for is not there.
cudaError_t choose_devices(Registry& registry, Vector<Owned<Device>>* devices);

}  // namespace cw
