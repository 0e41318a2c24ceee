// Included before every CUDA source, as nvcc includes cuda_runtime.h.
#include "../cuda_runtime.h"
