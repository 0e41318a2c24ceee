// VDPAU interoperability: declared so that programs compile; each function answers cudaErrorNotSupported (docs/runtime.md).
#ifndef CROSSWARP_CUDA_VDPAU_INTEROP_H
#define CROSSWARP_CUDA_VDPAU_INTEROP_H

#if __has_include(<vdpau/vdpau.h>)
#include <vdpau/vdpau.h>
#else
// The VDPAU specification's types, for machines without its header.
#include <stdint.h>
typedef uint32_t VdpDevice;
typedef uint32_t VdpVideoSurface;
typedef uint32_t VdpOutputSurface;
typedef uint32_t VdpFuncId;
typedef enum { VDP_STATUS_OK = 0, VDP_STATUS_NO_IMPLEMENTATION = 1 } VdpStatus;
typedef VdpStatus VdpGetProcAddress(VdpDevice device, VdpFuncId function_id, void** function_pointer);
#endif

#include "cuda_runtime_api.h"

#define CW_API extern __host__ cudaError_t
#if defined(__cplusplus)
extern "C" {
#endif
CW_API cudaVDPAUGetDevice(int* device, VdpDevice vdpDevice, VdpGetProcAddress* vdpGetProcAddress);
CW_API cudaVDPAUSetVDPAUDevice(int device, VdpDevice vdpDevice, VdpGetProcAddress* vdpGetProcAddress);
CW_API cudaGraphicsVDPAURegisterVideoSurface(struct cudaGraphicsResource** resource, VdpVideoSurface vdpSurface,
                                             unsigned int flags);
CW_API cudaGraphicsVDPAURegisterOutputSurface(struct cudaGraphicsResource** resource, VdpOutputSurface vdpSurface,
                                              unsigned int flags);
#if defined(__cplusplus)
}
#endif
#undef CW_API

#endif
