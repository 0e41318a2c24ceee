// Storage of an object whose constructor is not called, as nvcc does with objects in shared memory (frontend/repair/shared.py).
#ifndef CROSSWARP_DEVICE_UNINITIALISED_H
#define CROSSWARP_DEVICE_UNINITIALISED_H
#pragma GCC system_header

#include "qualifiers.h"

namespace __cw {
template <typename __T>
union uninitialised {
  __host__ __device__ uninitialised() {}
  __host__ __device__ ~uninitialised() {}
  __T object;
};
}  // namespace __cw

#endif
