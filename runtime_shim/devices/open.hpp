// How each kind of device is found. Each function adds the devices of its kind and returns null, or says why there are none.
#pragma once

#include "devices/device.hpp"

namespace cw {

namespace cpu {
const char* open_devices(Vector<Owned<Device>>* devices);
}
namespace hip {
const char* open_devices(Vector<Owned<Device>>* devices);
// Emulated GPUs of these architectures ("gfx1100,gfx942"): the same device, on Crosswarp's own HIP library.
const char* open_emulated(const char* archs, Vector<Owned<Device>>* devices);
}  // namespace hip
namespace nvidia {
const char* open_devices(Vector<Owned<Device>>* devices);
}

}  // namespace cw
