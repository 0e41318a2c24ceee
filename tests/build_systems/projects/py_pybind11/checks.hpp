#pragma once
#include <cuda_runtime_api.h>

// Throws std::runtime_error with the error's text.
void check(cudaError_t status);
