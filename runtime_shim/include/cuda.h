// The CUDA driver API for C and C++, version 12.9, with what 13.0 added (CUDA Driver API reference).
#ifndef CROSSWARP_CUDA_H
#define CROSSWARP_CUDA_H
#define __cuda_cuda_h__  // programs ask for it to see whether the driver API is declared

#define CUDA_VERSION 12090
#define CUDAAPI
#define CUDA_CB

#include "crosswarp/driver/context_api.h"
#include "crosswarp/driver/copy_api.h"
#include "crosswarp/driver/device_api.h"
#include "crosswarp/driver/graph_api.h"
#include "crosswarp/driver/interop_api.h"
#include "crosswarp/driver/launch_api.h"
#include "crosswarp/driver/memory_api.h"
#include "crosswarp/driver/memory_pool_api.h"
#include "crosswarp/driver/module_api.h"
#include "crosswarp/driver/overloaded_types.h"
#include "crosswarp/driver/stream_api.h"
#include "crosswarp/driver/system_api.h"
#include "crosswarp/driver/texture_api.h"
#include "crosswarp/driver/types.h"
#include "crosswarp/driver/versions.h"
#include "crosswarp/driver/virtual_memory_api.h"

#if defined(__cplusplus) && !defined(__CROSSWARP_SHIM__)
#include "crosswarp/driver/overloads.h"
#endif

#endif
