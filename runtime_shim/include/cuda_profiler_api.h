// cudaProfilerStart and cudaProfilerStop: declared with the rest of the runtime API.
#ifndef CROSSWARP_CUDA_PROFILER_API_H
#define CROSSWARP_CUDA_PROFILER_API_H
#include "cuda_runtime_api.h"
#endif
