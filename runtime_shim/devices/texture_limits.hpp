// Sizes of arrays, textures and surfaces: those of compute capability 8.0 (CUDA Programming Guide, "Technical Specifications per
// Compute Capability"). Devices without a texture unit keep to them, so that a program's checks mean the same everywhere.
#pragma once

#include <driver_types.h>

#include <cstddef>

namespace cw::texture_limits {

inline constexpr size_t k1D = 131072, k1DMipmap = 32768, k1DLinear = size_t{1} << 28;
inline constexpr size_t k2DWidth = 131072, k2DHeight = 65536, k2DMipmap = 32768, k2DGather = 32768;
inline constexpr size_t k2DLinearWidth = 131072, k2DLinearHeight = 65000, k2DLinearPitch = 2097120;
inline constexpr size_t k3D = 16384;
inline constexpr size_t kCube = 32768, kCubeLayers = 2046;
inline constexpr size_t kLayeredWidth = 32768, kLayers = 2048;
inline constexpr size_t kSurface1D = 32768;
// 512 there; ours is that of device memory, so that all of it can be read through textures.
inline constexpr size_t kAlignment = 256, kPitchAlignment = 32;

// Fills the members of a device's properties that concern textures and surfaces.
void describe(cudaDeviceProp* properties);

}  // namespace cw::texture_limits
