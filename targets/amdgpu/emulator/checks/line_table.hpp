// Source lines of code, from DWARF 4 or 5's .debug_line (DWARF 5 standard, 6.2).
#pragma once

#include "core/allocated.hpp"
#include "core/vector.hpp"
#include "emulator/machine/types.hpp"

namespace cw::amd {

struct SourceLine {
  const char* file = nullptr;  // as the compiler wrote it, without the folder; lives as long as the table
  u32 line = 0;
};

class LineTable : public Allocated {
 public:
  // `elf`: a code object of `size` bytes, which must outlive the table. Without line information, or with one that cannot be read,
  // the table is empty.
  LineTable(const u8* elf, u64 size);
  // The line of an address in the code object's numbering; false where there is none.
  bool find(u64 address, SourceLine* out) const;

 private:
  friend class LineProgram;
  struct Row {
    u64 address;
    const char* file;
    u32 line;
    u32 order;  // in which it was written
  };
  static constexpr u32 kEnd = ~0u;  // the line of a row from which on no code follows
  void add(u64 address, const char* file, u32 line);
  Vector<Row> rows_;  // by address
};

}  // namespace cw::amd
