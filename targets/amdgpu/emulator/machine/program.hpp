// Code as it runs: one slot per dword, decoded when first reached.
#pragma once

#include "core/allocated.hpp"
#include "core/sync.hpp"
#include "emulator/machine/instruction.hpp"

namespace cw::amd {

// Families that share encodings and meanings.
enum class Isa : u8 { kGfx90a, kGfx942, kGfx10, kGfx11, kGfx12 };
constexpr unsigned kIsas = 5;

struct Arch {
  const char* name;  // gfx1100
  Isa isa;
  bool is_rdna() const { return isa >= Isa::kGfx10; }
};

// The architecture by its LLVM name (features after a colon are ignored), or null for one that is not emulated.
const Arch* find_arch(const char* name);

class Program : public Allocated {
 public:
  // `bytes` stays the caller's and must outlive the program; `code` is where it lies in this process' memory (s_getpc).
  Program(const Arch& arch, u32 lanes, const u8* code, u64 bytes);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  const Arch& arch() const { return arch_; }
  u32 lanes() const { return lanes_; }
  const u8* code() const { return code_; }
  u64 bytes() const { return bytes_; }
  u64 number() const { return number_; }  // no other program of this process has it
  // The slot of an address in the code, or null outside of it.
  const Instruction* at(u64 address) const;
  u64 address_of(const Instruction& instruction) const { return reinterpret_cast<u64>(code_) + instruction.address; }
  // The byte offset of a slot, decoded or not.
  u32 offset_of(const Instruction& slot) const { return static_cast<u32>(4 * (&slot - slots_)); }
  // Fills a slot. Any number of threads may ask for the same one.
  void decode(const Instruction& slot) const;

 private:
  const Arch& arch_;
  u32 lanes_;
  const u8* code_;
  u64 bytes_;
  u64 number_;
  Instruction* slots_;  // one more than dwords: running past the end finds a slot that does not decode
  mutable Mutex mutex_;
};

}  // namespace cw::amd
