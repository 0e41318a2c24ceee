// VDPAU interoperability: declared so that programs compile; each function answers cudaErrorNotSupported (docs/runtime.md).
#ifndef CROSSWARP_CUDA_VDPAU_INTEROP_H
#define CROSSWARP_CUDA_VDPAU_INTEROP_H

#include "crosswarp/interop/vdpau_types.h"
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
