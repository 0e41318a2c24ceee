// CUDA's qualifiers and attribute macros. In a CUDA compilation they are clang's attributes; a plain C or C++ compiler sees
// nothing.
// `__noinline__` is a keyword of clang's CUDA mode. The annotation of `__managed__` is what ir/passes/managed_variables.py looks
// for.
#ifndef CROSSWARP_HOST_DEFINES_H
#define CROSSWARP_HOST_DEFINES_H

#if defined(__CUDA__) && defined(__CUDACC__)
#define __host__ __attribute__((host))
#define __device__ __attribute__((device))
#define __global__ __attribute__((global))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define __managed__ __attribute__((device, annotate("cw.managed")))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
// An annotation: clang forgets its own attribute for this. ir/passes/cluster_dimensions.py reads it.
#define __cluster_dims__(...) __attribute__((annotate("cw.cluster_dims", __VA_ARGS__)))
// A register limit is a hint to NVIDIA's assembler only.
#define __maxnreg__(count)
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
#define __grid_constant__ __attribute__((grid_constant))
#else
#define __grid_constant__
#endif
#define __nv_pure__ __attribute__((pure))
#define __device_builtin_texture_type__ __attribute__((device_builtin_texture_type))
#define __device_builtin_surface_type__ __attribute__((device_builtin_surface_type))
#else
#define __host__
#define __device__
#define __global__
#define __shared__
#define __constant__
#define __managed__
#define __launch_bounds__(...)
#define __cluster_dims__(...)
#define __maxnreg__(count)
#define __grid_constant__
#define __nv_pure__
#define __device_builtin_texture_type__
#define __device_builtin_surface_type__
#endif

#define __no_return__ __attribute__((noreturn))
#define __forceinline__ __inline__ __attribute__((always_inline))
#define __align__(n) __attribute__((aligned(n)))
#define __builtin_align__(n) __align__(n)
#define __inline_hint__
#define __thread__ __thread
#define __annotate__(a) __attribute__((a))
#define __device_builtin__
#define __cudart_builtin__
#define __CUDA_HOSTDEVICE__ __host__ __device__
#define CUDARTAPI
#define CUDARTAPI_CDECL
#define CUDART_CB

#endif
