// The driver API's descriptions of 2D and 3D copies as the runtime's.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

CUDA_MEMCPY3D box_of(const CUDA_MEMCPY2D& from);
inline const CUDA_MEMCPY3D& box_of(const CUDA_MEMCPY3D& from) { return from; }
CUDA_MEMCPY3D box_of(const CUDA_MEMCPY3D_PEER& from);
// CUDA_ERROR_INVALID_VALUE: a memory type that does not exist, rows longer than their pitch, parts of an array's element.
CUresult runtime_form(const CUDA_MEMCPY3D& from, cudaMemcpy3DParms* out);
// The other way round, for what graph nodes tell.
CUresult driver_form(const cudaMemcpy3DParms& from, CUDA_MEMCPY3D* out);

}  // namespace cw::driver
