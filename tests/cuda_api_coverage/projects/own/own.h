#pragma once
#include <cuda_runtime.h>

#define ownCheck(call)                                                                                       \
  do {                                                                                                       \
    if ((call) != cudaSuccess) cudaOwnFailed(cudaGetErrorString(cudaGetLastError())); /* cudaErrorUnknown */ \
  } while (0)

void cudaOwnFailed(const char* text);
