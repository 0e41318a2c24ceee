// Kept for sources that include it: the functions are declared by cuda_runtime.h.
#ifndef CROSSWARP_CRT_SM_70_RT_H
#define CROSSWARP_CRT_SM_70_RT_H
#include "../cuda_runtime.h"
#endif
