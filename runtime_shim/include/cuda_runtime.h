// The runtime API for C++ and, in a CUDA compilation, the CUDA language: what nvcc includes before every source.
#ifndef CROSSWARP_CUDA_RUNTIME_H
#define CROSSWARP_CUDA_RUNTIME_H
#define __CUDA_RUNTIME_H__

#include "channel_descriptor.h"
#include "cuda_runtime_api.h"
#include "driver_functions.h"
#include "host_defines.h"
#include "vector_functions.h"
#include "vector_types.h"

#if defined(__cplusplus)
#if defined(__CUDACC__) && defined(__CUDA__)
#include "crosswarp/cuda_language.h"
#endif
#include "crosswarp/api/templates.h"
#endif

#endif
