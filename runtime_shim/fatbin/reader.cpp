#include "fatbin/reader.hpp"

#include <cstring>

#include "fatbin/inflate.hpp"

namespace cw::fatbin {
namespace {

struct Header {
  char magic[8];
  uint32_t version;
  uint32_t count;
  uint64_t bytes;
  uint64_t flags;
};

struct Entry {
  uint32_t kind;
  uint32_t compression;
  uint64_t offset;
  uint64_t size;
  uint64_t full_size;
  char arch[44];
  uint32_t cuda_arch;
};

static_assert(sizeof(Header) == 32 && sizeof(Entry) == 80);

bool valid(const Header& header) {
  return std::memcmp(header.magic, kMagic, sizeof header.magic) == 0 && header.version == 1 &&
         sizeof(Header) + header.count * sizeof(Entry) <= header.bytes;
}

}  // namespace

bool has_magic(const void* data) { return std::strncmp(static_cast<const char*>(data), kMagic, sizeof kMagic - 1) == 0; }

size_t total_bytes(const void* data) { return static_cast<const Header*>(data)->bytes; }

bool read(const void* data, Vector<Image>* images) {
  const auto* bytes = static_cast<const uint8_t*>(data);
  const auto* header = static_cast<const Header*>(data);
  if (data == nullptr || !valid(*header)) return false;
  const auto* entries = reinterpret_cast<const Entry*>(bytes + sizeof(Header));
  for (uint32_t i = 0; i < header->count; ++i) {
    const Entry& entry = entries[i];
    const bool inside = entry.offset <= header->bytes && entry.size <= header->bytes - entry.offset;
    if (!inside || entry.compression > 1 || entry.arch[sizeof entry.arch - 1] != 0) return false;
    images->push(Image{static_cast<Kind>(entry.kind), entry.compression, bytes + entry.offset, entry.size, entry.full_size,
                       entry.arch, static_cast<int>(entry.cuda_arch)});
  }
  return true;
}

bool has_managed(const void* data) { return (static_cast<const Header*>(data)->flags & 1) != 0; }

bool unpack(const Image& image, Vector<uint8_t>* bytes) {
  bytes->resize(image.full_size);
  if (image.compression != 0) return inflate_zlib(image.stored, image.stored_size, bytes->data(), image.full_size);
  if (image.stored_size != image.full_size) return false;
  std::memcpy(bytes->data(), image.stored, image.full_size);
  return true;
}

}  // namespace cw::fatbin
