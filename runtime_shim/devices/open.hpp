// How each kind of device is found. Each function adds the devices of its kind and returns null, or says why there are none.
#pragma once

#include "devices/device.hpp"

namespace cw {

namespace cpu {
const char* open_devices(Vector<Owned<Device>>* devices);
}
namespace hip {
const char* open_devices(Vector<Owned<Device>>* devices);
}
namespace nvidia {
const char* open_devices(Vector<Owned<Device>>* devices);
}

}  // namespace cw
