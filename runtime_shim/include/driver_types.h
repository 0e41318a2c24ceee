// The runtime API's types. Values and layouts: CUDA Runtime API reference, "Data types used by CUDA Runtime".
#ifndef CROSSWARP_DRIVER_TYPES_H
#define CROSSWARP_DRIVER_TYPES_H
#define __DRIVER_TYPES_H__  // programs ask for it to see whether the runtime API is declared

#include <limits.h>
#include <stddef.h>

#include "crosswarp/api/device_types.h"
#include "crosswarp/api/errors.h"
#include "crosswarp/api/execution_types.h"
#include "crosswarp/api/external_types.h"
#include "crosswarp/api/graph_types.h"
#include "crosswarp/api/library_management_types.h"
#include "crosswarp/api/memory_types.h"
#include "crosswarp/api/system_types.h"
#include "crosswarp/api/texture_types.h"
#include "device_types.h"
#include "host_defines.h"
#include "vector_types.h"

#endif
