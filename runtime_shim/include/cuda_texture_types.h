// Kept for sources that include it: texture references, where a source uses them.
#ifndef CROSSWARP_CUDA_TEXTURE_TYPES_H
#define CROSSWARP_CUDA_TEXTURE_TYPES_H
#include "cuda_runtime.h"
#endif
