// All types and constants of the driver API.
#ifndef CROSSWARP_DRIVER_API_TYPES_H
#define CROSSWARP_DRIVER_API_TYPES_H

#include "constants.h"
#include "context_types.h"
#include "device_types.h"
#include "errors.h"
#include "graph_types.h"
#include "handles.h"
#include "interop_types.h"
#include "launch_types.h"
#include "location_types.h"
#include "memory_types.h"
#include "module_types.h"
#include "stream_types.h"
#include "texture_types.h"

#endif
