#include "package.hpp"

__device__ int helper(int x) { return x + 1; }
