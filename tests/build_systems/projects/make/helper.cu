#include "helper.h"

__device__ int helper(int x) { return x + STEP; }
