// Attributes of devices that only the driver API has.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// False for an attribute that the runtime knows, or that does not exist.
bool driver_attribute(CUdevice_attribute attribute, int* value);

}  // namespace cw::driver
