#pragma once

int answer();

#ifdef __CUDACC__
__device__ int helper(int x);
#endif
