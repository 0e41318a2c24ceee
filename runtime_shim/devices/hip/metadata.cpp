#include "devices/hip/metadata.hpp"

#include <elf.h>
#include <string.h>

#include "devices/hip/msgpack.hpp"

namespace cw::hip {
namespace {

constexpr uint32_t kMetadataNote = 32;  // NT_AMDGPU_METADATA

struct Bytes {
  const uint8_t* data = nullptr;
  size_t size = 0;
};

template <typename T>
bool read_at(const Bytes& from, uint64_t offset, T* out) {
  if (offset > from.size || sizeof(T) > from.size - offset) return false;
  memcpy(out, from.data + offset, sizeof(T));
  return true;
}

// The description of the metadata note among `notes`.
Bytes find_note(const Bytes& notes) {
  const auto padded = [](uint64_t size) { return (size + 3) / 4 * 4; };
  Elf64_Nhdr note;
  for (uint64_t at = 0; read_at(notes, at, &note);) {
    const uint64_t name = at + sizeof note;
    const uint64_t description = name + padded(note.n_namesz);
    if (description > notes.size || note.n_descsz > notes.size - description) break;
    if (note.n_type == kMetadataNote && note.n_namesz == 7 && memcmp(notes.data + name, "AMDGPU", 7) == 0) {
      return Bytes{notes.data + description, note.n_descsz};
    }
    at = description + padded(note.n_descsz);
  }
  return Bytes{};
}

Bytes find_metadata(const Bytes& elf) {
  Elf64_Ehdr header;
  if (!read_at(elf, 0, &header) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return Bytes{};
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    if (!read_at(elf, header.e_phoff + uint64_t{i} * header.e_phentsize, &segment)) break;
    if (segment.p_type != PT_NOTE || segment.p_offset > elf.size || segment.p_filesz > elf.size - segment.p_offset) continue;
    const Bytes found = find_note(Bytes{elf.data + segment.p_offset, segment.p_filesz});
    if (found.data != nullptr) return found;
  }
  return Bytes{};
}

// One argument. Hidden ones are the compiler's own: false for them.
bool read_argument(MsgPack& pack, gpu::Parameter* out) {
  bool hidden = false;
  for (size_t left = pack.map(); left > 0 && !pack.failed(); --left) {
    size_t length = 0;
    const char* key = pack.string(&length);
    const auto is = [&](const char* name) { return key != nullptr && length == strlen(name) && memcmp(key, name, length) == 0; };
    if (is(".offset")) {
      out->offset = pack.unsigned_number();
    } else if (is(".size")) {
      out->bytes = pack.unsigned_number();
    } else if (is(".value_kind")) {
      const char* kind = pack.string(&length);
      hidden = kind != nullptr && length >= 7 && memcmp(kind, "hidden_", 7) == 0;
    } else {
      pack.skip();
    }
  }
  return !hidden;
}

void read_kernel(MsgPack& pack, gpu::ParameterTable* out) {
  const char* name = nullptr;
  size_t name_length = 0;
  Vector<gpu::Parameter> parameters;
  for (size_t left = pack.map(); left > 0 && !pack.failed(); --left) {
    size_t length = 0;
    const char* key = pack.string(&length);
    if (key != nullptr && length == 5 && memcmp(key, ".name", 5) == 0) {
      name = pack.string(&name_length);
    } else if (key != nullptr && length == 5 && memcmp(key, ".args", 5) == 0) {
      for (size_t count = pack.array(); count > 0 && !pack.failed(); --count) {
        gpu::Parameter parameter = {};
        if (read_argument(pack, &parameter)) parameters.push(parameter);
      }
    } else {
      pack.skip();
    }
  }
  if (name != nullptr && !pack.failed()) out->add(name, name_length).parameters = static_cast<Vector<gpu::Parameter>&&>(parameters);
}

}  // namespace

void read_parameters(const Vector<uint8_t>& code, gpu::ParameterTable* out) {
  const Bytes metadata = find_metadata(Bytes{code.data(), code.size()});
  if (metadata.data == nullptr) return;
  MsgPack pack(metadata.data, metadata.size);
  for (size_t left = pack.map(); left > 0 && !pack.failed(); --left) {
    if (pack.string_is("amdhsa.kernels")) {
      for (size_t count = pack.array(); count > 0 && !pack.failed(); --count) read_kernel(pack, out);
      if (!pack.failed()) out->complete();
    } else {
      pack.skip();
    }
  }
}

}  // namespace cw::hip
