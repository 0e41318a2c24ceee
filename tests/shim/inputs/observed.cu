// Device code for observing the API: a kernel, a variable, a managed variable.
extern "C" __global__ void add_value(int* p, int value) { *p += value; }
__device__ int table[4] = {1, 2, 3, 4};
__managed__ int managed_value = 7;
