// What a texture or surface object is on devices without texture units of NVIDIA's kind (CPUs, AMD GPUs): its 64-bit handle is the
// address of one of these descriptors in device memory. Written by the runtime (core/texture_descriptor.cpp), read by the device
// library (targets/devicelib/operations/texture.h). Plain C, fixed layout.
#ifndef CROSSWARP_TEXTURE_H
#define CROSSWARP_TEXTURE_H

#include <stdint.h>

// Levels of the largest mipmapped array: 32768 elements wide, and the level of one element.
#define CW_TEXTURE_LEVELS 16

// What the channels of an element become: 32-bit integers, or floats.
enum {
  CW_TEXEL_U8 = 0,
  CW_TEXEL_S8 = 1,
  CW_TEXEL_U16 = 2,
  CW_TEXEL_S16 = 3,
  CW_TEXEL_I32 = 4,  // signed or not: the bits are the result
  CW_TEXEL_FIRST_FLOAT = 5,
  CW_TEXEL_F32 = 5,
  CW_TEXEL_F16 = 6,
  CW_TEXEL_UNORM8 = 7,  // [0, 1]
  CW_TEXEL_SNORM8 = 8,  // [-1, 1]
  CW_TEXEL_UNORM16 = 9,
  CW_TEXEL_SNORM16 = 10,
  CW_TEXEL_SRGB8 = 11  // UNORM8 whose first three channels are sRGB-encoded
};

// cudaTextureAddressMode's values.
enum { CW_ADDRESS_WRAP = 0, CW_ADDRESS_CLAMP = 1, CW_ADDRESS_MIRROR = 2, CW_ADDRESS_BORDER = 3 };

enum {
  CW_TEXTURE_LINEAR = 1,      // linear filtering; else the nearest element
  CW_TEXTURE_NORMALIZED = 2,  // coordinates run from 0 to 1
  CW_TEXTURE_MIP_LINEAR = 4,  // blend of two mipmap levels; else the nearest level
  CW_TEXTURE_SEAMLESS = 8     // filtering of a cube goes on across the edges of its faces
};

// One level: rows of `pitch` bytes, slices (or layers) of `slice` bytes.
typedef struct cw_texture_level {
  uint64_t base;
  uint64_t slice;
  uint32_t pitch;
  uint32_t width;  // elements; at least 1, as the next two
  uint32_t height;
  uint32_t depth;  // slices, not layers
} cw_texture_level;

typedef struct cw_texture {
  uint8_t texel;     // CW_TEXEL_*
  uint8_t channels;  // 1, 2, 4
  uint8_t flags;     // CW_TEXTURE_*
  uint8_t address[3];
  uint8_t levels;
  uint8_t element_bytes;
  uint32_t layers;     // of a layered texture; six a cube; at least 1
  uint32_t border[4];  // bits of the result outside, for CW_ADDRESS_BORDER
  float level_bias;
  float min_level;
  float max_level;
  cw_texture_level level[CW_TEXTURE_LEVELS];
} cw_texture;

// A surface is bytes: rows of `row_bytes`.
typedef struct cw_surface {
  uint64_t base;
  uint64_t slice;
  uint32_t pitch;
  uint32_t row_bytes;
  uint32_t height;  // at least 1
  uint32_t depth;   // slices or layers; at least 1
} cw_surface;

#endif
