// Everything of the CUDA language that is not the runtime API: what a .cu file sees without any include.
//
// Order matters: the device math functions must be declared before <cmath> (device/math.h says why).
#ifndef CROSSWARP_CUDA_LANGUAGE_H
#define CROSSWARP_CUDA_LANGUAGE_H
#pragma GCC system_header

#include "device/assertions.h"
#include "device/builtin_variables.h"
#include "device/math.h"
#include "device/services.h"
#include "device/warp.h"
// The standard headers nvcc brings along.
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmath>
#include <cstdlib>
#include <new>
#include <utility>

#include "device/address_spaces.h"
#include "device/allocation.h"
#include "device/arithmetic.h"
#include "device/atomic_builtins.h"
#include "device/atomics.h"
#include "device/casts.h"
#include "device/cluster.h"
#include "device/dependent_grids.h"
#include "device/device_runtime.h"
#include "device/dpx.h"
#include "device/graph_conditional.h"
#include "device/integer.h"
#include "device/lambda_traits.h"
#include "device/memory_access.h"
#include "device/old_names.h"
#include "device/packed_float.h"
#include "device/simd_video.h"
#include "device/surfaces.h"
#include "device/textures.h"
#include "device/uninitialised.h"
#if defined(__CROSSWARP_TEXTURE_REFERENCES__)
#include "device/texture_references.h"
#endif
#include "host_device_math.h"

// glibc's clock() shares its name with CUDA's: the low 32 bits of the cycle counter.
CW_DEVICE clock_t clock(void) { return (clock_t)(int)__nvvm_read_ptx_sreg_clock(); }

#endif
