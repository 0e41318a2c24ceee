// Kept for sources that include it: the functions are declared by cuda_runtime.h.
#ifndef CROSSWARP_MATH_FUNCTIONS_HPP
#define CROSSWARP_MATH_FUNCTIONS_HPP
#include "cuda_runtime.h"
#endif
