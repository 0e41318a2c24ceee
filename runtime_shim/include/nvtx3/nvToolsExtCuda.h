// Names for CUDA objects are not kept: no function is declared.
#ifndef CROSSWARP_NVTX3_NVTOOLSEXTCUDA_H
#define CROSSWARP_NVTX3_NVTOOLSEXTCUDA_H
#include "nvToolsExt.h"
#endif
