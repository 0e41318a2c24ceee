// The name of NVTX 2.
#ifndef CROSSWARP_NVTOOLSEXT_H
#define CROSSWARP_NVTOOLSEXT_H
#include "nvtx3/nvToolsExt.h"
#endif
