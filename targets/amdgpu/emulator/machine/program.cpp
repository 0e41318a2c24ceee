#include "emulator/machine/program.hpp"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "devices/hip/arch.hpp"
#include "emulator/decode/decode.hpp"

namespace cw::amd {
namespace {

constexpr Arch kArchs[] = {
    {"gfx90a", Isa::kGfx90a}, {"gfx940", Isa::kGfx942}, {"gfx941", Isa::kGfx942}, {"gfx942", Isa::kGfx942},
    {"gfx1030", Isa::kGfx10}, {"gfx1031", Isa::kGfx10}, {"gfx1032", Isa::kGfx10}, {"gfx1033", Isa::kGfx10},
    {"gfx1034", Isa::kGfx10}, {"gfx1035", Isa::kGfx10}, {"gfx1036", Isa::kGfx10}, {"gfx1100", Isa::kGfx11},
    {"gfx1101", Isa::kGfx11}, {"gfx1102", Isa::kGfx11}, {"gfx1103", Isa::kGfx11}, {"gfx1150", Isa::kGfx11},
    {"gfx1151", Isa::kGfx11}, {"gfx1152", Isa::kGfx11}, {"gfx1153", Isa::kGfx11}, {"gfx1200", Isa::kGfx12},
    {"gfx1201", Isa::kGfx12},
};

u64 programs = 0;  // made so far

}  // namespace

const Arch* find_arch(const char* name) {
  for (const Arch& arch : kArchs) {
    if (hip::is_processor(name, arch.name)) return &arch;
  }
  return nullptr;
}

namespace {

// Zero, which is "not decoded"; takes memory only where code was reached; begins at a cache line.
Instruction* new_slots(u64 count) {
  static_assert(sizeof(Instruction) % 64 == 0);
  void* memory =
      mmap(nullptr, count * sizeof(Instruction), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) abort();
  return static_cast<Instruction*>(memory);
}

}  // namespace

Program::Program(const Arch& arch, u32 lanes, const u8* code, u64 bytes)
    : arch_(arch),
      lanes_(lanes),
      code_(code),
      bytes_(bytes),
      number_(__atomic_add_fetch(&programs, 1, __ATOMIC_RELAXED)),
      slots_(new_slots(bytes / 4 + 1)) {}

Program::~Program() { munmap(slots_, (bytes_ / 4 + 1) * sizeof(Instruction)); }

const Instruction* Program::at(u64 address) const {
  const u64 offset = address - reinterpret_cast<u64>(code_);
  return offset < bytes_ && offset % 4 == 0 ? &slots_[offset / 4] : nullptr;
}

void Program::decode(const Instruction& slot) const {
  Instruction second;
  Instruction decoded = decode_instruction(*this, offset_of(slot), &second);
  Lock lock(mutex_);
  Instruction& place = slots_[offset_of(slot) / 4];
  if (__atomic_load_n(&place.run, __ATOMIC_ACQUIRE) != nullptr) return;
  if (decoded.second != nullptr) memcpy(static_cast<void*>(&place + 1), &second, sizeof second);
  const Handler run = decoded.run;
  decoded.run = nullptr;
  memcpy(static_cast<void*>(&place), &decoded, sizeof place);
  __atomic_store_n(&place.run, run, __ATOMIC_RELEASE);  // last: whoever sees it sees the rest
}

}  // namespace cw::amd
