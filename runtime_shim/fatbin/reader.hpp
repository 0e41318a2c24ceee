// Reads the fat binary that the compiler embeds (layout: docs/contracts.md; written by writer.py beside this file).
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/vector.hpp"

namespace cw::fatbin {

enum class Kind : uint32_t { kCpu = 1, kAmdgpu = 2, kPtx = 3, kCubin = 4, kPortableIr = 5 };

// One image; `stored` points into the fat binary, which outlives every reader.
struct Image {
  Kind kind;
  uint32_t compression;
  const uint8_t* stored;
  size_t stored_size;
  size_t full_size;
  const char* arch;
  int cuda_arch = 0;  // __CUDA_ARCH__ in its source; 0: unknown
};

inline constexpr uint32_t kWrapperMagic = 0x466243b1;
inline constexpr char kMagic[] = "CWFATBIN";
// True where a fat binary of ours begins. `data` need not be longer than its first byte that differs.
bool has_magic(const void* data);
// Its size as its header says.
size_t total_bytes(const void* data);

// What `__cudaRegisterFatBinary` is given.
struct Wrapper {
  uint32_t magic;
  uint32_t version;
  const void* data;
  void* unused;
};

// The images of the fat binary at `data`. False when it is not one of this version or contradicts itself.
bool read(const void* data, Vector<Image>* images);

// True when an image has managed variables: the program reads them before it first asks for the device. After read().
bool has_managed(const void* data);

// The image's bytes, decompressed. False when they are damaged.
bool unpack(const Image& image, Vector<uint8_t>* bytes);

}  // namespace cw::fatbin
