#include "core/loaded_modules.hpp"

#include <elf.h>
#include <string.h>

#include "fatbin/embedded.hpp"

namespace cw {
namespace {

using fatbin::Image;
using fatbin::Kind;

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

cudaError_t load_fat_binary(Device& device, const void* data, Owned<Module>* out) {
  Vector<Image> images;
  if (!fatbin::read(data, &images)) return cudaErrorInvalidKernelImage;
  const Image* best = fatbin::best_image(images, device);
  return best != nullptr ? load_image(device, *best, out) : cudaErrorNoKernelImageForDevice;
}

}  // namespace

size_t image_bytes(const void** image) {
  uint32_t magic;
  memcpy(&magic, *image, sizeof magic);
  if (magic == fatbin::kWrapperMagic) *image = static_cast<const fatbin::Wrapper*>(*image)->data;
  return fatbin::has_magic(*image) ? fatbin::total_bytes(*image) : single_image(*image).stored_size;
}

cudaError_t load_any_image(Device& device, const void* data, Owned<Module>* out) {
  uint32_t magic;
  memcpy(&magic, data, sizeof magic);
  if (magic == fatbin::kWrapperMagic) return load_fat_binary(device, static_cast<const fatbin::Wrapper*>(data)->data, out);
  if (fatbin::has_magic(data)) return load_fat_binary(device, data, out);
  const Image image = single_image(data);
  Vector<uint8_t> embedded;
  const bool carries = image.kind == Kind::kPtx && fatbin::read_embedded(static_cast<const char*>(data), &embedded);
  if (carries && !suits(device, Kind::kPtx)) return load_fat_binary(device, embedded.data(), out);
  return suits(device, image.kind) ? load_image(device, image, out) : cudaErrorNoKernelImageForDevice;
}

}  // namespace cw
