// Element-wise kernels and block-wide reductions, as templates over the operation.
#pragma once

#include "tensor.h"

constexpr int kThreads = 256;

template <class T, class Operation>
__device__ T reduce_warp(T value, Operation operation) {
  for (int distance = 16; distance > 0; distance /= 2) value = operation(value, __shfl_down_sync(~0u, value, distance));
  return value;
}

template <class T, class Operation>
__device__ T reduce_block(T value, Operation operation, T neutral) {
  __shared__ T warps[kThreads / 32];
  value = reduce_warp(value, operation);
  if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = value;
  __syncthreads();
  value = threadIdx.x < kThreads / 32 ? warps[threadIdx.x] : neutral;
  return threadIdx.x < 32 ? reduce_warp(value, operation) : value;
}

template <class T, class Transform>
__global__ void transform_kernel(const T* in, T* out, size_t count, Transform transform) {
  for (size_t i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x) out[i] = transform(in[i], i);
}

template <class T, class Operation>
__global__ void reduce_kernel(const T* in, T* out, size_t count, Operation operation, T neutral) {
  T value = neutral;
  for (size_t i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x) value = operation(value, in[i]);
  value = reduce_block(value, operation, neutral);
  if (threadIdx.x == 0) out[blockIdx.x] = value;
}
