// Kept for sources that include it: the functions are declared by cuda_runtime.h.
#ifndef CROSSWARP_CRT_DEVICE_DOUBLE_FUNCTIONS_H
#define CROSSWARP_CRT_DEVICE_DOUBLE_FUNCTIONS_H
#include "../cuda_runtime.h"
#endif
