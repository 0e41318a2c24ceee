#include "emulator/launch/image.hpp"

#include <elf.h>
#include <sys/mman.h>

#include "emulator/api.h"
#include "emulator/launch/processors.hpp"

namespace cw::amd {
namespace {

constexpr u16 kMachineAmdGpu = 224;
constexpr u8 kOsAmdHsa = 64;
constexpr u64 kAlignment = 64 << 10;

// The `count` entries of a table at `offset`; false where one is not there, or `visit` says so.
template <typename Entry, typename Visit>
bool each_entry(const Bytes& file, u64 offset, unsigned count, Visit visit) {
  for (unsigned i = 0; i < count; ++i) {
    Entry entry;
    if (!file.read(offset + u64{i} * sizeof entry, &entry) || !visit(entry)) return false;
  }
  return true;
}

template <typename Visit>
bool each_segment(const Bytes& file, Visit visit) {
  Elf64_Ehdr header;
  return file.read(0, &header) && each_entry<Elf64_Phdr>(file, header.e_phoff, header.e_phnum, visit);
}

template <typename Visit>
bool each_section(const Bytes& file, Visit visit) {
  Elf64_Ehdr header;
  return file.read(0, &header) && each_entry<Elf64_Shdr>(file, header.e_shoff, header.e_shnum, visit);
}

bool read_symbol_table(const Bytes& file, const Elf64_Shdr& table, Vector<Symbol>* out) {
  Elf64_Ehdr header;
  Elf64_Shdr strings;
  if (!file.read(0, &header) || !file.read(header.e_shoff + u64{table.sh_link} * sizeof strings, &strings)) return false;
  const Bytes names = file.part(strings.sh_offset, strings.sh_size);
  for (u64 at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
    Elf64_Sym symbol;
    if (!file.read(table.sh_offset + at, &symbol)) return false;
    const char* name = names.string(symbol.st_name);
    if (name == nullptr) return false;
    out->push(Symbol{name, symbol.st_value, symbol.st_size, static_cast<u8>(ELF64_ST_TYPE(symbol.st_info)),
                     symbol.st_shndx != SHN_UNDEF, ELF64_ST_BIND(symbol.st_info) == STB_WEAK});
  }
  return true;
}

// Relocations of the AMDGPU psABI (LLVM, "User Guide for AMDGPU Backend", relocation records).
enum Relocation : u32 { kNone = 0, kAbs32Lo = 1, kAbs32Hi = 2, kAbs64 = 3, kRel32 = 4, kRel64 = 5, kAbs32 = 6, kRelative64 = 13 };

}  // namespace

Image::~Image() {
  if (mapped_ == nullptr) return;
  cw_amd_memory_freed(mapped_);
  munmap(mapped_, mapped_bytes_);
}

bool Image::load(const Bytes& file, Message& message) {
  return read_header(file, message) && lay_out(file, message) && read_symbols(file, message) && relocate(file, message);
}

u8* Image::at(u64 address, u64 bytes) const {
  return address >= first_ && address <= end_ && bytes <= end_ - address ? at(address) : nullptr;
}

const Symbol* Image::find(const char* name) const {
  for (const Symbol& symbol : dynamic_) {
    if (symbol.defined && strcmp(symbol.name, name) == 0) return &symbol;
  }
  return nullptr;
}

bool Image::read_header(const Bytes& file, Message& message) {
  Elf64_Ehdr header;
  if (!file.read(0, &header) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return message.fail("not a code object: no ELF file");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != kMachineAmdGpu)
    return message.fail("an ELF file for machine %u, not for an AMD GPU", header.e_machine);
  if (header.e_ident[EI_OSABI] != kOsAmdHsa) return message.fail("an AMD GPU code object, but not for amdhsa");
  if (header.e_type != ET_DYN) return message.fail("an AMD GPU object file that is not linked");
  version_ = header.e_ident[EI_ABIVERSION] + 2u;  // 2 stands for version 4
  if (version_ < 4 || version_ > 6) return message.fail("code object version %u: only 4, 5 and 6 are known", version_);
  processor_ = processor_name(header.e_flags);
  return processor_ != nullptr || message.fail("a code object for an unknown processor (e_flags %#x)", header.e_flags);
}

bool Image::lay_out(const Bytes& file, Message& message) {
  u64 begin = ~u64{0};
  const bool complete = each_segment(file, [&](const Elf64_Phdr& segment) {
    if (segment.p_type != PT_LOAD) return true;
    if (segment.p_filesz > segment.p_memsz || !file.holds(segment.p_offset, segment.p_filesz)) return false;
    if (segment.p_vaddr < begin) begin = segment.p_vaddr;
    if (segment.p_vaddr + segment.p_memsz > end_) end_ = segment.p_vaddr + segment.p_memsz;
    if ((segment.p_flags & PF_X) == 0) return true;
    if (segment.p_vaddr < code_begin_) code_begin_ = segment.p_vaddr;
    if (segment.p_vaddr + segment.p_filesz > code_end_) code_end_ = segment.p_vaddr + segment.p_filesz;
    return true;
  });
  if (!complete || begin >= end_) return message.fail("a damaged code object: its segments");
  if (code_begin_ >= code_end_) code_begin_ = code_end_ = begin;  // variables only
  first_ = begin / kAlignment * kAlignment;
  mapped_bytes_ = end_ - first_ + kAlignment;
  void* mapped = mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return message.fail("no memory for a code object of %llu bytes", static_cast<unsigned long long>(end_));
  mapped_ = static_cast<u8*>(mapped);
  cw_amd_memory_allocated(mapped_, mapped_bytes_, CW_AMD_MEMORY_WRITTEN);
  memory_ = mapped_ + (kAlignment - reinterpret_cast<u64>(mapped_) % kAlignment) % kAlignment;
  return each_segment(file, [&](const Elf64_Phdr& segment) {
    if (segment.p_type == PT_LOAD) memcpy(at(segment.p_vaddr), file.data + segment.p_offset, segment.p_filesz);
    return true;
  });
}

bool Image::read_symbols(const Bytes& file, Message& message) {
  const bool complete = each_section(file, [&](const Elf64_Shdr& section) {
    if (section.sh_type == SHT_DYNSYM) return read_symbol_table(file, section, &dynamic_);
    if (section.sh_type == SHT_SYMTAB) return read_symbol_table(file, section, &all_);
    return true;
  });
  return complete || message.fail("a damaged code object: its symbols");
}

bool Image::relocate(const Bytes& file, Message& message) {
  bool fine = true;
  const bool complete = each_section(file, [&](const Elf64_Shdr& section) {
    if (section.sh_type == SHT_REL) fine = message.fail("relocations without addends are not known");
    if (section.sh_type == SHT_RELA && (section.sh_flags & SHF_ALLOC) != 0)
      fine = relocate_table(file.part(section.sh_offset, section.sh_size), message);
    return fine;
  });
  return complete || (fine && message.fail("a damaged code object: its sections"));
}

bool Image::relocate_table(const Bytes& table, Message& message) {
  for (u64 offset = 0; offset < table.size; offset += sizeof(Elf64_Rela)) {
    Elf64_Rela entry;
    if (!table.read(offset, &entry)) return message.fail("a damaged code object: its relocations");
    const u32 type = ELF64_R_TYPE(entry.r_info), symbol = ELF64_R_SYM(entry.r_info);
    if (!relocate_one(type, symbol, entry.r_offset, entry.r_addend, message)) return false;
  }
  return true;
}

bool Image::value_of(u32 symbol, u64* value, Message& message) const {
  if (symbol == 0 || symbol >= dynamic_.size()) return message.fail("a damaged code object: a relocation's symbol");
  const Symbol& found = dynamic_[symbol];
  if (!found.defined && !found.weak) return message.fail("undefined symbol %s", found.name);
  *value = found.defined ? reinterpret_cast<u64>(at(found.address)) : 0;
  return true;
}

bool Image::relocate_one(u32 type, u32 symbol, u64 place, i64 addend, Message& message) {
  if (type == kNone) return true;
  const bool wide = type == kAbs64 || type == kRel64 || type == kRelative64;
  u8* target = at(place, wide ? 8 : 4);
  if (target == nullptr)
    return message.fail("a damaged code object: a relocation at %#llx", static_cast<unsigned long long>(place));
  u64 value = reinterpret_cast<u64>(memory_) - first_;
  if (type != kRelative64 && !value_of(symbol, &value, message)) return false;
  value += static_cast<u64>(addend);
  if (type == kRel32 || type == kRel64) value -= reinterpret_cast<u64>(target);
  if (type == kAbs32Hi) value >>= 32;
  if (!wide && type != kAbs32Lo && type != kAbs32Hi && type != kRel32 && type != kAbs32)
    return message.fail("relocation type %u is not known", type);
  memcpy(target, &value, wide ? 8 : 4);
  return true;
}

}  // namespace cw::amd
