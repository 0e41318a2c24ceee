// VDPAU interoperability of the driver API: declared so that programs compile; each function answers CUDA_ERROR_NOT_SUPPORTED.
#ifndef CROSSWARP_CUDAVDPAU_H
#define CROSSWARP_CUDAVDPAU_H

#include "crosswarp/interop/vdpau_types.h"
#include "cuda.h"

#define cuVDPAUCtxCreate cuVDPAUCtxCreate_v2

#if defined(__cplusplus)
extern "C" {
#endif
CUresult cuVDPAUGetDevice(CUdevice* pDevice, VdpDevice vdpDevice, VdpGetProcAddress* vdpGetProcAddress);
CUresult cuVDPAUCtxCreate(CUcontext* pCtx, unsigned int flags, CUdevice device, VdpDevice vdpDevice,
                          VdpGetProcAddress* vdpGetProcAddress);
CUresult cuGraphicsVDPAURegisterVideoSurface(CUgraphicsResource* pCudaResource, VdpVideoSurface vdpSurface, unsigned int flags);
CUresult cuGraphicsVDPAURegisterOutputSurface(CUgraphicsResource* pCudaResource, VdpOutputSurface vdpSurface, unsigned int flags);
#if defined(__cplusplus)
}
#endif

#endif
