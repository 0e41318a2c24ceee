#include "emulator/decode/opcodes.hpp"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/sync.hpp"

namespace cw::amd {
namespace {

struct Row {
  Table table;
  u16 number;
  const char* name;
  const char* operands;
};

using enum Table;
constexpr Row kGfx90a[] = {
#include "emulator/decode/opcodes/gfx90a.inc"
    {}};
constexpr Row kGfx942[] = {
#include "emulator/decode/opcodes/gfx942.inc"
    {}};
constexpr Row kGfx10[] = {
#include "emulator/decode/opcodes/gfx10.inc"
    {}};
constexpr Row kGfx11[] = {
#include "emulator/decode/opcodes/gfx11.inc"
    {}};
constexpr Row kGfx12[] = {
#include "emulator/decode/opcodes/gfx12.inc"
    {}};
constexpr const Row* kRows[] = {kGfx90a, kGfx942, kGfx10, kGfx11, kGfx12};  // by Isa; a row without a name ends each
constexpr size_t kIsas = sizeof kRows / sizeof kRows[0];

constexpr size_t kAllTables = static_cast<size_t>(kTables);
constexpr size_t kNumbers = 1024;
constexpr size_t kNameBytes = 64;

using Opcodes = Opcode[kAllTables][kNumbers];
Opcodes* loaded[kIsas];
Mutex mutex;

// "v_dual_add_f32", half of VOPD, is v_add_f32.
const Record* record_of(const char* name) {
  char plain[kNameBytes];
  const char* dual = strstr(name, "v_dual_");
  snprintf(plain, sizeof plain, "%s%s", dual != nullptr ? "v_" : "", dual != nullptr ? name + strlen("v_dual_") : name);
  return find_record(plain);
}

// "v2 s1": letters and numbers of registers.
void read_operands(Opcode& opcode, const char* text) {
  while (*text != '\0') {
    opcode.kind[opcode.operands] = *text;
    char* next = nullptr;
    opcode.registers[opcode.operands++] = static_cast<u8>(strtoul(text + 1, &next, 10));
    text = *next == ' ' ? next + 1 : next;
  }
}

Opcodes* load(const Row* row) {
  Opcodes* opcodes = static_cast<Opcodes*>(calloc(1, sizeof(Opcodes)));
  if (opcodes == nullptr) abort();
  for (; row->name != nullptr; ++row) {
    Opcode& opcode = (*opcodes)[static_cast<size_t>(row->table)][row->number];
    opcode.name = row->name;
    opcode.record = record_of(row->name);
    read_operands(opcode, row->operands);
  }
  return opcodes;
}

const Opcodes& opcodes_of(Isa isa) {
  Opcodes*& place = loaded[static_cast<size_t>(isa)];
  Opcodes* found = __atomic_load_n(&place, __ATOMIC_ACQUIRE);
  if (found != nullptr) return *found;
  Lock lock(mutex);
  if (place == nullptr) __atomic_store_n(&place, load(kRows[static_cast<size_t>(isa)]), __ATOMIC_RELEASE);
  return *place;
}

}  // namespace

bool Opcode::begins(const char* prefix) const { return strncmp(name, prefix, strlen(prefix)) == 0; }
bool Opcode::contains(const char* part) const { return strstr(name, part) != nullptr; }

const Opcode* find_opcode(Isa isa, Table table, u32 number) {
  if (number >= kNumbers) return nullptr;
  const Opcode& opcode = opcodes_of(isa)[static_cast<size_t>(table)][number];
  return opcode.name != nullptr ? &opcode : nullptr;
}

}  // namespace cw::amd
