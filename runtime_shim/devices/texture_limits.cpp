#include "devices/texture_limits.hpp"

namespace cw::texture_limits {
namespace {

template <size_t count>
void set(int (&target)[count], const size_t (&values)[count]) {
  for (size_t i = 0; i < count; ++i) target[i] = static_cast<int>(values[i]);
}

}  // namespace

void describe(cudaDeviceProp* p) {
  p->textureAlignment = kAlignment;
  p->texturePitchAlignment = kPitchAlignment;
  p->surfaceAlignment = kAlignment;
  p->maxTexture1D = static_cast<int>(k1D);
  p->maxTexture1DMipmap = static_cast<int>(k1DMipmap);
  p->maxTexture1DLinear = static_cast<int>(k1DLinear);
  set(p->maxTexture2D, {k2DWidth, k2DHeight});
  set(p->maxTexture2DMipmap, {k2DMipmap, k2DMipmap});
  set(p->maxTexture2DLinear, {k2DLinearWidth, k2DLinearHeight, k2DLinearPitch});
  set(p->maxTexture2DGather, {k2DGather, k2DGather});
  set(p->maxTexture3D, {k3D, k3D, k3D});
  set(p->maxTexture3DAlt, {k3D / 2, k3D / 2, k3D * 2});
  p->maxTextureCubemap = static_cast<int>(kCube);
  set(p->maxTexture1DLayered, {kLayeredWidth, kLayers});
  set(p->maxTexture2DLayered, {kLayeredWidth, kLayeredWidth, kLayers});
  set(p->maxTextureCubemapLayered, {kCube, kCubeLayers});
  p->maxSurface1D = static_cast<int>(kSurface1D);
  set(p->maxSurface2D, {k2DWidth, k2DHeight});
  set(p->maxSurface3D, {k3D, k3D, k3D});
  set(p->maxSurface1DLayered, {kLayeredWidth, kLayers});
  set(p->maxSurface2DLayered, {kLayeredWidth, kLayeredWidth, kLayers});
  p->maxSurfaceCubemap = static_cast<int>(kCube);
  set(p->maxSurfaceCubemapLayered, {kCube, kCubeLayers});
}

}  // namespace cw::texture_limits
