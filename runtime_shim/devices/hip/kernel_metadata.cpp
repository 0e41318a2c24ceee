#include "devices/hip/kernel_metadata.hpp"

#include <elf.h>

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

Text text(MsgPack& pack) {
  Text read;
  read.data = pack.string(&read.length);
  return read;
}

KernelArgument read_argument(MsgPack& pack) {
  KernelArgument argument;
  for (size_t left = pack.map(); left > 0 && !pack.failed(); --left) {
    const Text key = text(pack);
    if (key.is(".offset")) {
      argument.offset = pack.unsigned_number();
    } else if (key.is(".size")) {
      argument.bytes = pack.unsigned_number();
    } else if (key.is(".value_kind")) {
      argument.kind = text(pack);
    } else {
      pack.skip();
    }
  }
  return argument;
}

// Where a kernel's number of that name goes, or null.
uint64_t* number_of(KernelMetadata& kernel, const Text& key) {
  if (key.is(".kernarg_segment_size")) return &kernel.kernarg_bytes;
  if (key.is(".group_segment_fixed_size")) return &kernel.lds_bytes;
  if (key.is(".private_segment_fixed_size")) return &kernel.scratch_bytes;
  if (key.is(".max_flat_workgroup_size")) return &kernel.max_threads;
  if (key.is(".sgpr_count")) return &kernel.sgprs;
  if (key.is(".vgpr_count")) return &kernel.vgprs;
  if (key.is(".agpr_count")) return &kernel.agprs;
  if (key.is(".sgpr_spill_count")) return &kernel.sgpr_spills;
  if (key.is(".vgpr_spill_count")) return &kernel.vgpr_spills;
  return nullptr;
}

KernelMetadata read_kernel(MsgPack& pack) {
  KernelMetadata kernel;
  for (size_t left = pack.map(); left > 0 && !pack.failed(); --left) {
    const Text key = text(pack);
    if (uint64_t* number = number_of(kernel, key)) {
      *number = pack.unsigned_number();
    } else if (key.is(".name")) {
      kernel.name = text(pack);
    } else if (key.is(".symbol")) {
      kernel.symbol = text(pack);
    } else if (key.is(".uses_dynamic_stack")) {
      kernel.dynamic_stack = pack.boolean();
    } else if (key.is(".args")) {
      for (size_t count = pack.array(); count > 0 && !pack.failed(); --count) kernel.arguments.push(read_argument(pack));
    } else {
      pack.skip();
    }
  }
  return kernel;
}

}  // namespace

bool read_kernels(const uint8_t* elf, size_t bytes, Vector<KernelMetadata>* out) {
  const Bytes metadata = find_metadata(Bytes{elf, bytes});
  if (metadata.data == nullptr) return false;
  MsgPack pack(metadata.data, metadata.size);
  for (size_t left = pack.map(); left > 0 && !pack.failed(); --left) {
    if (!text(pack).is("amdhsa.kernels")) {
      pack.skip();
      continue;
    }
    for (size_t count = pack.array(); count > 0 && !pack.failed(); --count) out->push(read_kernel(pack));
  }
  return !pack.failed();
}

}  // namespace cw::hip
