// Profiler control of the driver API (CUDA Driver API reference, "Profiler Control").
#ifndef CROSSWARP_CUDAPROFILER_H
#define CROSSWARP_CUDAPROFILER_H

#include "cuda.h"

typedef enum CUoutput_mode_enum { CU_OUT_KEY_VALUE_PAIR = 0x00, CU_OUT_CSV = 0x01 } CUoutput_mode;

#if defined(__cplusplus)
extern "C" {
#endif

CUresult cuProfilerInitialize(const char* configFile, const char* outputFile, CUoutput_mode outputMode);
CUresult cuProfilerStart(void);
CUresult cuProfilerStop(void);

#if defined(__cplusplus)
}
#endif

#endif
