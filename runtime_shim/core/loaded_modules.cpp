#include "core/loaded_modules.hpp"

#include <elf.h>
#include <string.h>

#include "core/jit.hpp"
#include "fatbin/embedded.hpp"

namespace cw {
namespace {

using fatbin::Image;
using fatbin::Kind;

constexpr int kPtxInput = 1;       // CU_JIT_INPUT_PTX
constexpr int kPortableInput = 5;  // CU_JIT_INPUT_NVVM
constexpr uint16_t kMachineCuda = 190;
constexpr uint16_t kMachineAmdgpu = 224;

// An ELF image ends with its section headers.
size_t elf_size(const Elf64_Ehdr& header) { return header.e_shoff + static_cast<size_t>(header.e_shnum) * header.e_shentsize; }

Image single_image(const void* data) {
  const auto* bytes = static_cast<const uint8_t*>(data);
  if (memcmp(data, ELFMAG, SELFMAG) != 0) {
    const size_t size = strlen(static_cast<const char*>(data)) + 1;
    return Image{Kind::kPtx, 0, bytes, size, size, ""};
  }
  Elf64_Ehdr header;
  memcpy(&header, data, sizeof header);
  const size_t size = elf_size(header);
  const bool gpu = header.e_machine == kMachineCuda || header.e_machine == kMachineAmdgpu;
  const Kind kind = !gpu ? Kind::kCpu : header.e_machine == kMachineCuda ? Kind::kCubin : Kind::kAmdgpu;
  return Image{kind, 0, bytes, size, size, ""};
}

bool suits(const Device& device, Kind kind) {
  switch (kind) {
    case Kind::kCpu:
      return strcmp(device.kind(), "cpu") == 0;
    case Kind::kAmdgpu:
      return strcmp(device.kind(), "amd") == 0;
    default:
      return strcmp(device.kind(), "nvidia") == 0;
  }
}

cudaError_t load_image(Device& device, const Image& image, Owned<Module>* out) {
  Vector<uint8_t> bytes;
  return fatbin::unpack(image, &bytes) ? device.load(image, bytes, out) : cudaErrorInvalidKernelImage;
}

cudaError_t load_fat_binary(Device& device, const void* data, Jit& jit, Owned<Module>* out) {
  Vector<Image> images;
  if (!fatbin::read(data, &images)) return cudaErrorInvalidKernelImage;
  Image image;
  Vector<uint8_t> bytes;
  const cudaError_t error = image_for(device, images, jit, &image, &bytes);
  return error == cudaSuccess ? device.load(image, bytes, out) : error;
}

cudaError_t compile_text(Device& device, int kind, const char* text, size_t bytes, Jit& jit, compiler::Bytes* image) {
  const LinkInput input{kind, jit.name, text, bytes};
  return compile_for(device, &input, 1, jit, image);
}

// What a fat binary has for devices that it has no image for: portable IR says more than PTX.
const Image* compilable(const Vector<Image>& images) {
  for (const Image& image : images) {
    if (image.kind == Kind::kPortableIr) return &image;
  }
  return best_ptx(images);
}

cudaError_t load_text(Device& device, const char* text, Jit& jit, Owned<Module>* out) {
  if (!is_ptx(text)) return cudaErrorInvalidKernelImage;
  compiler::Bytes image;
  const cudaError_t error = compile_text(device, kPtxInput, text, fatbin::text_bytes(text), jit, &image);
  return error == cudaSuccess ? load_image(device, single_image(image.data()), out) : error;
}

}  // namespace

size_t image_bytes(const void** image) {
  uint32_t magic;
  memcpy(&magic, *image, sizeof magic);
  if (magic == fatbin::kWrapperMagic) *image = static_cast<const fatbin::Wrapper*>(*image)->data;
  return fatbin::has_magic(*image) ? fatbin::total_bytes(*image) : single_image(*image).stored_size;
}

cudaError_t image_for(Device& device, const Vector<Image>& images, Jit& jit, Image* image, Vector<uint8_t>* bytes) {
  const Image* best = fatbin::best_image(images, device);
  const Image* source = best == nullptr ? compilable(images) : nullptr;
  if (best == nullptr && source == nullptr) return cudaErrorNoKernelImageForDevice;
  *image = best != nullptr ? *best : *source;
  if (!fatbin::unpack(*image, bytes)) return cudaErrorInvalidKernelImage;
  if (best != nullptr) return cudaSuccess;
  compiler::Bytes compiled;
  const auto* text = reinterpret_cast<const char*>(bytes->data());
  const int kind = image->kind == Kind::kPtx ? kPtxInput : kPortableInput;
  const cudaError_t error = compile_text(device, kind, text, strnlen(text, bytes->size()), jit, &compiled);
  if (error != cudaSuccess) return error;
  *image = single_image(compiled.data());
  bytes->resize(compiled.size());
  memcpy(bytes->data(), compiled.data(), compiled.size());
  image->stored = bytes->data();
  return cudaSuccess;
}

cudaError_t load_any_image(Device& device, const void* data, Jit& jit, Owned<Module>* out) {
  uint32_t magic;
  memcpy(&magic, data, sizeof magic);
  if (magic == fatbin::kWrapperMagic) return load_fat_binary(device, static_cast<const fatbin::Wrapper*>(data)->data, jit, out);
  if (fatbin::has_magic(data)) return load_fat_binary(device, data, jit, out);
  const Image image = single_image(data);
  if (suits(device, image.kind)) return load_image(device, image, out);
  if (image.kind != Kind::kPtx) return cudaErrorNoKernelImageForDevice;
  const auto* text = static_cast<const char*>(data);
  Vector<uint8_t> embedded;
  return fatbin::read_embedded(text, &embedded) ? load_fat_binary(device, embedded.data(), jit, out)
                                                : load_text(device, text, jit, out);
}

}  // namespace cw
