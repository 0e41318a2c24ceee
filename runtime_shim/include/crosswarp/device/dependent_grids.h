// Programmatic dependent launch (CUDA C++ Programming Guide, "Programmatic Dependent Launch and Synchronization").
// Grids of one stream overlap on NVIDIA GPUs only, from sm_90 on: elsewhere there is nothing to wait for or to let begin.
#ifndef CROSSWARP_DEVICE_DEPENDENT_GRIDS_H
#define CROSSWARP_DEVICE_DEPENDENT_GRIDS_H

#include "qualifiers.h"

CW_DEVICE void cudaGridDependencySynchronize() {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}
CW_DEVICE void cudaTriggerProgrammaticLaunchCompletion() {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
}

#endif
