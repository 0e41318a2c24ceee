#include "device_functions.cuh"

__device__ int square(int value) { return value * value; }
