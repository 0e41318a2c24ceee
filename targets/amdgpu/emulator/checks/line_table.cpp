#include "emulator/checks/line_table.hpp"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

namespace cw::amd {
namespace {

struct Part {
  const u8* data = nullptr;
  u64 size = 0;
};

// Reads on through bytes that may be damaged: behind the end everything is 0 and `good` false.
class Cursor {
 public:
  explicit Cursor(Part part) : part_(part) {}
  bool good() const { return good_; }
  bool done() const { return !good_ || at_ >= part_.size; }
  u64 at() const { return at_; }
  void go_to(u64 at) { at_ = at; }

  template <typename T>
  T take() {
    T value{};
    if (!has(sizeof value)) return value;
    memcpy(&value, part_.data + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  void skip(u64 bytes) {
    if (has(bytes)) at_ += bytes;
  }
  u64 uleb() {
    u64 value = 0;
    u8 byte = 0x80;
    for (unsigned shift = 0; (byte & 0x80) != 0 && good_; shift += 7) {
      byte = take<u8>();
      if (shift < 64) value |= u64{byte & 0x7fu} << shift;
    }
    return value;
  }
  i64 sleb() {
    i64 value = 0;
    unsigned shift = 0;
    u8 byte = 0x80;
    while ((byte & 0x80) != 0 && good_) {
      byte = take<u8>();
      if (shift < 64) value |= static_cast<i64>(u64{byte & 0x7fu} << shift);
      shift += 7;
    }
    if (shift < 64 && (byte & 0x40) != 0) value |= static_cast<i64>(~u64{0} << shift);
    return value;
  }
  const char* string() {
    const char* text = reinterpret_cast<const char*>(part_.data + at_);
    const void* end = good_ && at_ < part_.size ? memchr(text, 0, part_.size - at_) : nullptr;
    good_ = end != nullptr;
    if (!good_) return "";
    at_ += strlen(text) + 1;
    return text;
  }
  Part rest(u64 bytes) { return has(bytes) ? Part{part_.data + at_, bytes} : Part{}; }

 private:
  bool has(u64 bytes) {
    good_ = good_ && at_ <= part_.size && bytes <= part_.size - at_;
    return good_;
  }
  Part part_;
  u64 at_ = 0;
  bool good_ = true;
};

struct Sections {
  Part line, line_strings, strings;
};

Part section(const u8* elf, u64 size, const Elf64_Shdr& header) {
  const bool inside = header.sh_type != SHT_NOBITS && header.sh_offset <= size && header.sh_size <= size - header.sh_offset;
  return inside && (header.sh_flags & SHF_COMPRESSED) == 0 ? Part{elf + header.sh_offset, header.sh_size} : Part{};
}

bool section_headers(const u8* elf, u64 size, Vector<Elf64_Shdr>* out) {
  Elf64_Ehdr header;
  if (size < sizeof header) return false;
  memcpy(&header, elf, sizeof header);
  if (memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_shentsize != sizeof(Elf64_Shdr)) return false;
  const u64 bytes = u64{header.e_shnum} * sizeof(Elf64_Shdr);
  if (header.e_shoff > size || bytes > size - header.e_shoff || header.e_shstrndx >= header.e_shnum) return false;
  out->resize(header.e_shnum);
  memcpy(static_cast<void*>(out->data()), elf + header.e_shoff, bytes);
  Elf64_Shdr names = (*out)[header.e_shstrndx];
  out->push(names);  // the names' own section, last
  return true;
}

Sections find_sections(const u8* elf, u64 size) {
  Sections found;
  Vector<Elf64_Shdr> headers;
  if (!section_headers(elf, size, &headers)) return found;
  const Part names = section(elf, size, headers.back());
  for (size_t n = 0; n + 1 < headers.size(); ++n) {
    Cursor cursor(names);
    cursor.go_to(headers[n].sh_name);
    const char* name = cursor.string();
    if (strcmp(name, ".debug_line") == 0) found.line = section(elf, size, headers[n]);
    if (strcmp(name, ".debug_line_str") == 0) found.line_strings = section(elf, size, headers[n]);
    if (strcmp(name, ".debug_str") == 0) found.strings = section(elf, size, headers[n]);
  }
  return found;
}

const char* string_at(Part part, u64 offset) {
  Cursor cursor(part);
  cursor.go_to(offset);
  return cursor.string();
}

const char* without_folder(const char* path) {
  const char* slash = strrchr(path, '/');
  return slash != nullptr ? slash + 1 : path;
}

// Standard opcodes of line number programs.
enum : u8 { kCopy = 1, kAdvancePc, kAdvanceLine, kSetFile, kSetColumn, kNegate, kBasicBlock, kConstAddPc, kFixedAdvancePc };
enum : u8 { kEndSequence = 1, kSetAddress = 2 };  // extended ones
enum : u8 { kPath = 1 };                          // content of an entry of a file table
enum : u8 {
  kData2 = 5,
  kData4 = 6,
  kData8 = 7,
  kString = 8,
  kBlock = 9,
  kData1 = 0xb,
  kStrp = 0xe,
  kUdata = 0xf,
  kData16 = 0x1e,
  kLineStrp = 0x1f
};

}  // namespace

// One line number program: its header, then its opcodes.
class LineProgram {
 public:
  LineProgram(const Sections& sections, Part unit, u16 version, LineTable* table)
      : sections_(sections), in_(unit), version_(version), table_(*table) {}

  bool read() {
    if (!read_header()) return false;
    while (!in_.done()) step(in_.take<u8>());
    return in_.good();
  }

 private:
  bool read_header() {
    if (version_ >= 5) in_.skip(2);  // sizes of addresses and segment selectors
    const u64 header_bytes = in_.take<u32>();
    const u64 program = in_.at() + header_bytes;
    least_length_ = in_.take<u8>();
    in_.skip(1);  // operations an instruction: 1
    in_.skip(1);  // default_is_stmt
    line_base_ = in_.take<i8>();
    line_range_ = in_.take<u8>();
    opcode_base_ = in_.take<u8>();
    for (unsigned n = 1; n < opcode_base_; ++n) operands_[n] = in_.take<u8>();
    if (version_ >= 5) {
      skip_table();  // folders
      read_files();
    } else {
      while (*in_.string() != 0) {
      }
      read_old_files();
    }
    in_.go_to(program);
    return in_.good() && line_range_ != 0 && opcode_base_ != 0;
  }

  struct Content {
    u64 kind, form;
  };
  u64 read_contents(Content (&contents)[8]) {
    const u64 count = in_.take<u8>();
    for (u64 n = 0; n < count; ++n) {
      const Content content{in_.uleb(), in_.uleb()};
      if (n < 8) contents[n] = content;
    }
    return count <= 8 ? count : 0;
  }
  void skip_table() {
    Content contents[8];
    const u64 count = read_contents(contents);
    for (u64 entries = in_.uleb(); entries != 0 && in_.good(); --entries) {
      for (u64 n = 0; n < count; ++n) read_form(contents[n].form);
    }
  }
  void read_files() {
    Content contents[8];
    const u64 count = read_contents(contents);
    for (u64 entries = in_.uleb(); entries != 0 && in_.good(); --entries) {
      const char* name = "";
      for (u64 n = 0; n < count; ++n) {
        const char* text = read_form(contents[n].form);
        if (contents[n].kind == kPath) name = text;
      }
      files_.push(without_folder(name));
    }
  }
  void read_old_files() {  // numbered from 1
    files_.push("");
    for (const char* name = in_.string(); *name != 0; name = in_.string()) {
      files_.push(without_folder(name));
      for (unsigned n = 0; n < 3; ++n) in_.uleb();
    }
  }
  // The text of a string, "" for anything else.
  const char* read_form(u64 form) {
    switch (form) {
      case kString:
        return in_.string();
      case kLineStrp:
        return string_at(sections_.line_strings, in_.take<u32>());
      case kStrp:
        return string_at(sections_.strings, in_.take<u32>());
      case kUdata:
        in_.uleb();
        return "";
      case kBlock:
        in_.skip(in_.uleb());
        return "";
      default:
        in_.skip(form == kData1    ? 1
                 : form == kData2  ? 2
                 : form == kData4  ? 4
                 : form == kData8  ? 8
                 : form == kData16 ? 16
                                   : ~u64{0});
        return "";
    }
  }

  void step(u8 opcode) {
    if (opcode >= opcode_base_) return special(opcode);
    if (opcode == 0) return extended();
    switch (opcode) {
      case kCopy:
        return add_row();
      case kAdvancePc:
        address_ += in_.uleb() * least_length_;
        return;
      case kAdvanceLine:
        line_ += static_cast<u64>(in_.sleb());
        return;
      case kSetFile:
        file_ = in_.uleb();
        return;
      case kConstAddPc:
        address_ += u64{(255u - opcode_base_) / line_range_} * least_length_;
        return;
      case kFixedAdvancePc:
        address_ += in_.take<u16>();
        return;
      default:
        for (unsigned n = 0; n < operands_[opcode]; ++n) in_.uleb();
    }
  }
  void special(u8 opcode) {
    const unsigned adjusted = opcode - opcode_base_;
    address_ += u64{adjusted / line_range_} * least_length_;
    line_ += static_cast<u64>(line_base_ + static_cast<i64>(adjusted % line_range_));
    add_row();
  }
  void extended() {
    const u64 bytes = in_.uleb(), begin = in_.at();
    const u8 opcode = in_.take<u8>();
    if (opcode == kSetAddress && bytes == 9) address_ = in_.take<u64>();
    if (opcode == kEndSequence) {
      table_.add(address_, "", LineTable::kEnd);
      address_ = 0;
      line_ = file_ = 1;
    }
    in_.go_to(begin + bytes);
  }
  void add_row() {
    // Line 0 is code that the compiler cannot attribute: it goes with what comes before it.
    if (line_ != 0) table_.add(address_, file_ < files_.size() ? files_[file_] : "", static_cast<u32>(line_));
  }

  const Sections& sections_;
  Cursor in_;
  u16 version_;
  LineTable& table_;
  Vector<const char*> files_;
  u8 operands_[256] = {};
  u64 least_length_ = 1;
  i64 line_base_ = 0;
  u32 line_range_ = 0, opcode_base_ = 0;
  u64 address_ = 0, line_ = 1, file_ = 1;
};

LineTable::LineTable(const u8* elf, u64 size) {
  const Sections sections = find_sections(elf, size);
  Cursor in(sections.line);
  while (!in.done()) {
    const u32 bytes = in.take<u32>();
    const Part unit = in.rest(bytes);  // the 64-bit form, 0xffffffff, does not fit and ends it
    if (unit.data == nullptr || bytes < 2) break;
    u16 version;
    memcpy(&version, unit.data, sizeof version);
    if (version == 4 || version == 5) LineProgram(sections, Part{unit.data + 2, unit.size - 2}, version, this).read();
    in.skip(bytes);
  }
  // Rows of one address: the last of them counts, but a sequence's end gives way to what begins there.
  qsort(rows_.data(), rows_.size(), sizeof(Row), [](const void* a, const void* b) {
    const Row &x = *static_cast<const Row*>(a), &y = *static_cast<const Row*>(b);
    if (x.address != y.address) return x.address < y.address ? -1 : 1;
    if ((x.line == kEnd) != (y.line == kEnd)) return x.line == kEnd ? -1 : 1;
    return x.order < y.order ? -1 : 1;
  });
}

void LineTable::add(u64 address, const char* file, u32 line) { rows_.push({address, file, line, static_cast<u32>(rows_.size())}); }

bool LineTable::find(u64 address, SourceLine* out) const {
  size_t low = 0, high = rows_.size();  // rows before `low` begin at or before `address`
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (rows_[middle].address <= address)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0 || rows_[low - 1].line == kEnd) return false;
  *out = {rows_[low - 1].file, rows_[low - 1].line};
  return true;
}

}  // namespace cw::amd
