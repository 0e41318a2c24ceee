// The CUDA runtime API for C and C++, version 12.9. Prototypes: CUDA Runtime API reference. An entry not declared here is not
// provided.
#ifndef CROSSWARP_CUDA_RUNTIME_API_H
#define CROSSWARP_CUDA_RUNTIME_API_H
#define __CUDA_RUNTIME_API_H__

#define CUDART_VERSION 12090
#define __CUDART_API_VERSION CUDART_VERSION

#include "crosswarp/api/per_thread_stream.h"
#include "cuda_device_runtime_api.h"
#include "driver_types.h"

#if defined(__cplusplus)
#define CW_DEFAULT(value) = value
#else
#define CW_DEFAULT(value)
#endif
#define CW_API_OF(result) extern __host__ result
#define CW_API CW_API_OF(cudaError_t)

#if defined(__cplusplus)
extern "C" {
#endif
#include "crosswarp/api/device_api.h"
#include "crosswarp/api/execution_api.h"
#include "crosswarp/api/external_api.h"
#include "crosswarp/api/graph_api.h"
#include "crosswarp/api/memory_api.h"
#include "crosswarp/api/system_api.h"
#include "crosswarp/api/texture_api.h"
#if defined(__cplusplus)
}
#endif

#undef CW_API
#undef CW_API_OF
#undef CW_DEFAULT

#endif
