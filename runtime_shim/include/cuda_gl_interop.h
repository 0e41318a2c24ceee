// OpenGL interoperability: declared so that programs compile; each function answers cudaErrorNotSupported (docs/runtime.md).
#ifndef CROSSWARP_CUDA_GL_INTEROP_H
#define CROSSWARP_CUDA_GL_INTEROP_H
#define __CUDA_GL_INTEROP_H__

#include "crosswarp/interop/gl_types.h"
#include "cuda_runtime_api.h"

enum cudaGLDeviceList { cudaGLDeviceListAll = 1, cudaGLDeviceListCurrentFrame = 2, cudaGLDeviceListNextFrame = 3 };
enum cudaGLMapFlags { cudaGLMapFlagsNone = 0, cudaGLMapFlagsReadOnly = 1, cudaGLMapFlagsWriteDiscard = 2 };

#define CW_API extern __host__ cudaError_t
#if defined(__cplusplus)
extern "C" {
#endif
CW_API cudaGLGetDevices(unsigned int* pCudaDeviceCount, int* pCudaDevices, unsigned int cudaDeviceCount,
                        enum cudaGLDeviceList deviceList);
CW_API cudaGraphicsGLRegisterImage(struct cudaGraphicsResource** resource, GLuint image, GLenum target, unsigned int flags);
CW_API cudaGraphicsGLRegisterBuffer(struct cudaGraphicsResource** resource, GLuint buffer, unsigned int flags);
CW_API cudaGLSetGLDevice(int device);
CW_API cudaGLRegisterBufferObject(GLuint bufObj);
CW_API cudaGLMapBufferObject(void** devPtr, GLuint bufObj);
CW_API cudaGLUnmapBufferObject(GLuint bufObj);
CW_API cudaGLUnregisterBufferObject(GLuint bufObj);
CW_API cudaGLSetBufferObjectMapFlags(GLuint bufObj, unsigned int flags);
CW_API cudaGLMapBufferObjectAsync(void** devPtr, GLuint bufObj, cudaStream_t stream);
CW_API cudaGLUnmapBufferObjectAsync(GLuint bufObj, cudaStream_t stream);
#if defined(__cplusplus)
}
#endif
#undef CW_API

#endif
