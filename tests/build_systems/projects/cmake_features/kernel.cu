#include "../shared/on_device.hpp"

#ifdef INLINE_HELPER
__device__ int helper(int x) { return x + 1; }
#else
__device__ int helper(int x);
#endif

__global__ void increment(int* p) { *p = helper(*p); }

int answer() { return on_device(increment, 41); }
