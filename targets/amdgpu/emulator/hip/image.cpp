// How long an image is: its headers say it.
#include <elf.h>

#include <cstring>

#include "emulator/hip/module.hpp"

namespace cw::amdhip {
namespace {

template <typename T>
T read_at(const char* at) {
  T value;
  memcpy(&value, at, sizeof value);
  return value;
}

void reach(size_t* end, uint64_t offset, uint64_t bytes) {
  if (offset + bytes > *end) *end = offset + bytes;
}

// The end of the last thing that the headers name.
size_t elf_bytes(const char* image) {
  const auto header = read_at<Elf64_Ehdr>(image);
  size_t end = sizeof header;
  reach(&end, header.e_phoff, uint64_t{header.e_phnum} * header.e_phentsize);
  reach(&end, header.e_shoff, uint64_t{header.e_shnum} * header.e_shentsize);
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    const auto segment = read_at<Elf64_Phdr>(image + header.e_phoff + size_t{i} * header.e_phentsize);
    reach(&end, segment.p_offset, segment.p_filesz);
  }
  for (unsigned i = 0; i < header.e_shnum; ++i) {
    const auto section = read_at<Elf64_Shdr>(image + header.e_shoff + size_t{i} * header.e_shentsize);
    if (section.sh_type != SHT_NOBITS) reach(&end, section.sh_offset, section.sh_size);
  }
  return end;
}

constexpr char kBundle[] = "__CLANG_OFFLOAD_BUNDLE__";
constexpr size_t kMagic = sizeof kBundle - 1;

// clang's "Offload Bundler": the number of entries, then offset, size, length of the name and the name of each.
size_t bundle_bytes(const char* image) {
  const auto entries = read_at<uint64_t>(image + kMagic);
  const char* at = image + kMagic + 8;
  size_t end = 0;
  for (uint64_t i = 0; i < entries; ++i) {
    reach(&end, read_at<uint64_t>(at), read_at<uint64_t>(at + 8));
    at += 24 + read_at<uint64_t>(at + 16);
    reach(&end, static_cast<uint64_t>(at - image), 0);
  }
  return end;
}

}  // namespace

size_t image_bytes(const void* image) {
  const char* bytes = static_cast<const char*>(image);
  if (memcmp(bytes, ELFMAG, SELFMAG) == 0 && bytes[EI_CLASS] == ELFCLASS64) return elf_bytes(bytes);
  return memcmp(bytes, kBundle, kMagic) == 0 ? bundle_bytes(bytes) : 0;
}

}  // namespace cw::amdhip
