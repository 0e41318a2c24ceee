// Uses every function on texture and surface objects, with element types of every kind and size.
template <class T>
__device__ void textures(T* out, cudaTextureObject_t t, float x, int layer) {
  const float2 d2 = make_float2(x, x);
  const float4 d4 = make_float4(x, x, x, x);
  *out++ = tex1Dfetch<T>(t, layer);
  *out++ = tex1D<T>(t, x);
  *out++ = tex2D<T>(t, x, x);
  *out++ = tex3D<T>(t, x, x, x);
  *out++ = texCubemap<T>(t, x, x, x);
  *out++ = tex1DLayered<T>(t, x, layer);
  *out++ = tex2DLayered<T>(t, x, x, layer);
  *out++ = texCubemapLayered<T>(t, x, x, x, layer);
  *out++ = tex1DLod<T>(t, x, x);
  *out++ = tex2DLod<T>(t, x, x, x);
  *out++ = tex3DLod<T>(t, x, x, x, x);
  *out++ = texCubemapLod<T>(t, x, x, x, x);
  *out++ = tex1DLayeredLod<T>(t, x, layer, x);
  *out++ = tex2DLayeredLod<T>(t, x, x, layer, x);
  *out++ = texCubemapLayeredLod<T>(t, x, x, x, layer, x);
  *out++ = tex1DGrad<T>(t, x, x, x);
  *out++ = tex2DGrad<T>(t, x, x, d2, d2);
  *out++ = tex3DGrad<T>(t, x, x, x, d4, d4);
  *out++ = texCubemapGrad<T>(t, x, x, x, d4, d4);
  *out++ = tex1DLayeredGrad<T>(t, x, layer, x, x);
  *out++ = tex2DLayeredGrad<T>(t, x, x, layer, d2, d2);
  *out++ = texCubemapLayeredGrad<T>(t, x, x, x, layer, d4, d4);
  tex1Dfetch(out++, t, layer);
  tex2D(out++, t, x, x);
  tex3DLod(out++, t, x, x, x, x);
  texCubemapGrad(out++, t, x, x, x, d4, d4);
}

template <class T>
__device__ void sparse(T* out, cudaTextureObject_t t, float x, int layer, bool* resident) {
  const float2 d2 = make_float2(x, x);
  const float4 d4 = make_float4(x, x, x, x);
  *out++ = tex2D<T>(t, x, x, resident);
  *out++ = tex3D<T>(t, x, x, x, resident);
  *out++ = tex2DLayered<T>(t, x, x, layer, resident);
  *out++ = tex2DLod<T>(t, x, x, x, resident);
  *out++ = tex3DLod<T>(t, x, x, x, x, resident);
  *out++ = tex2DLayeredLod<T>(t, x, x, layer, x, resident);
  *out++ = tex2DGrad<T>(t, x, x, d2, d2, resident);
  *out++ = tex3DGrad<T>(t, x, x, x, d4, d4, resident);
  *out++ = tex2DLayeredGrad<T>(t, x, x, layer, d2, d2, resident);
  *out++ = tex2Dgather<T>(t, x, x, resident);
  *out++ = tex2Dgather<T>(t, x, x, resident, 3);
  *out++ = tex2Dgather<T>(t, x, x);
  *out++ = tex2Dgather<T>(t, x, x, 1);
  *out++ = tex2Dgather<T>(t, x, x, 2);
}

template <class T>
__device__ void surfaces(T* out, cudaSurfaceObject_t s, int x, cudaSurfaceBoundaryMode mode) {
  *out++ = surf1Dread<T>(s, x);
  *out++ = surf2Dread<T>(s, x, x, cudaBoundaryModeClamp);
  *out++ = surf3Dread<T>(s, x, x, x, cudaBoundaryModeZero);
  *out++ = surf1DLayeredread<T>(s, x, x, mode);
  *out++ = surf2DLayeredread<T>(s, x, x, x);
  *out++ = surfCubemapread<T>(s, x, x, x);
  *out++ = surfCubemapLayeredread<T>(s, x, x, x);
  surf1Dread(out++, s, x);
  surf2Dread(out++, s, x, x, cudaBoundaryModeTrap);
  surf3Dread(out++, s, x, x, x);
  surf1DLayeredread(out++, s, x, x);
  surf2DLayeredread(out++, s, x, x, x);
  surfCubemapread(out++, s, x, x, x);
  surfCubemapLayeredread(out++, s, x, x, x);
  surf1Dwrite(*out++, s, x);
  surf2Dwrite(*out++, s, x, x, cudaBoundaryModeClamp);
  surf3Dwrite(*out++, s, x, x, x, cudaBoundaryModeZero);
  surf1DLayeredwrite(*out++, s, x, x, mode);
  surf2DLayeredwrite(*out++, s, x, x, x);
  surfCubemapwrite(*out++, s, x, x, x);
  surfCubemapLayeredwrite(*out++, s, x, x, x);
}

#define TEXTURE_KERNEL(T) \
  __global__ void textures_##T(T* out, cudaTextureObject_t t, float x, int layer) { textures(out, t, x, layer); }
#define SURFACE_KERNEL(T) \
  __global__ void surfaces_##T(T* out, cudaSurfaceObject_t s, int x, cudaSurfaceBoundaryMode mode) { surfaces(out, s, x, mode); }
#define SPARSE_KERNEL(T) \
  __global__ void sparse_##T(T* out, cudaTextureObject_t t, float x, int layer, bool* r) { sparse(out, t, x, layer, r); }
#define BOTH(T) TEXTURE_KERNEL(T) SURFACE_KERNEL(T)
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef signed char schar;
BOTH(char)
BOTH(schar)
BOTH(uchar1)
BOTH(uchar4)
BOTH(short)
BOTH(short2)
BOTH(ushort4)
BOTH(int)
BOTH(uint2)
BOTH(int4)
BOTH(float)
BOTH(float1)
BOTH(float2)
BOTH(float4)
SPARSE_KERNEL(float4)
SPARSE_KERNEL(int4)
SPARSE_KERNEL(uchar4)
SURFACE_KERNEL(longlong1)
SURFACE_KERNEL(ulonglong2)
