#include "emulator/checks/waits.hpp"

#include <stdio.h>
#include <string.h>

#include "emulator/machine/checks.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {
namespace {

bool contains(const Instruction& i, const char* part) { return strstr(i.record->name, part) != nullptr; }
bool is(const Instruction& i, const char* name) { return strcmp(i.record->name, name) == 0; }

bool is_vector_memory(const Instruction& i) {
  return i.format == Format::kFlat || i.format == Format::kGlobal || i.format == Format::kScratch || i.format == Format::kMubuf;
}

// Does it bring values into vector registers?
bool is_load(const Instruction& i) { return i.destination.kind == Kind::kVgpr && !contains(i, "_store"); }

constexpr u32 kNoWait = ~0u;

// What a wait leaves under way at most.
struct Left {
  u32 vector = kNoWait, lds = kNoWait, scalar = kNoWait;
};

// s_waitcnt: the fields of its 16 bits.
Left packed_wait(Isa isa, u32 bits) {
  if (isa == Isa::kGfx11) return {bits >> 10 & 63, bits >> 4 & 63, bits >> 4 & 63};
  const u32 vector = (bits & 15) | (bits >> 14 & 3) << 4, others = bits >> 8 & (isa == Isa::kGfx10 ? 63 : 15);
  return {vector, others, others};
}

// The instructions that wait for one counter; gfx12 has two with two counters.
Left single_wait(const Instruction& i) {
  const u32 n = static_cast<u32>(i.immediate) & 0x3f, upper = static_cast<u32>(i.immediate) >> 8 & 0x3f;
  if (is(i, "s_waitcnt_vmcnt") || is(i, "s_wait_loadcnt")) return {.vector = n};
  if (is(i, "s_waitcnt_lgkmcnt")) return {.lds = n, .scalar = n};
  if (is(i, "s_wait_dscnt") || is(i, "s_wait_storecnt_dscnt")) return {.lds = n};
  if (is(i, "s_wait_kmcnt")) return {.scalar = n};
  if (is(i, "s_wait_loadcnt_dscnt")) return {.vector = upper, .lds = n};
  if (is(i, "s_wait_idle")) return {0, 0, 0};
  return {};
}

void name_register(char (&text)[16], const Operand& o, u32 number) {
  const bool accumulation = o.kind == Kind::kVgpr && number >= 256;
  const char* file = o.kind != Kind::kVgpr ? "s" : accumulation ? "a" : "v";
  if (o.kind == Kind::kSgpr && (number == kVccLo || number == kVccHi))
    snprintf(text, sizeof text, number == kVccLo ? "vcc_lo" : "vcc_hi");
  else
    snprintf(text, sizeof text, "%s%u", file, accumulation ? number - 256 : number);
}

}  // namespace

void WaitCheck::before(const Wave& wave, const Instruction& instruction) {
  touched_lds_ = touched_memory_ = false;
  if (instruction.record == nullptr) return;
  if (instruction.format <= Format::kSopp && strncmp(instruction.record->name, "s_wait", 6) == 0) return wait(wave, instruction);
  for (unsigned n = 0; n < 4; ++n) check(wave, instruction, instruction.source[n], instruction.source_registers[n], false);
  check(wave, instruction, instruction.destination, instruction.destination_registers, true);
  if (instruction.second != nullptr) before(wave, *instruction.second);
}

void WaitCheck::wait(const Wave& wave, const Instruction& instruction) {
  const bool packed = is(instruction, "s_waitcnt");
  const Left left =
      packed ? packed_wait(wave.program->arch().isa, static_cast<u32>(instruction.immediate)) : single_wait(instruction);
  complete(kVector, left.vector);
  complete(kLds, left.lds);
  complete(kMessage, left.scalar);
  if (left.scalar == 0) complete(kScalar, 0);
}

void WaitCheck::complete(Counted kind, u32 left) {
  if (left < issued_[kind] && issued_[kind] - left > done_[kind]) done_[kind] = issued_[kind] - left;
}

bool WaitCheck::is_pending(const Pending& pending) const {
  for (unsigned kind = 0; kind < kKinds; ++kind) {
    if (pending.number[kind] > done_[kind]) return true;
  }
  return false;
}

void WaitCheck::check(const Wave& wave, const Instruction& instruction, const Operand& operand, u32 count, bool writes) {
  if (operand.kind != Kind::kVgpr && operand.kind != Kind::kSgpr) return;
  const bool vector = operand.kind == Kind::kVgpr;
  const u32 end = vector ? kVectorRegisters : u32{kScalarRegisters};
  // Loads of one kind fill their registers one after another.
  const bool in_order = writes && (is_vector_memory(instruction) || instruction.format == Format::kDs);
  for (u32 n = 0; n < (count != 0 ? count : 1) && operand.index + n < end; ++n) {
    const u32 number = operand.index + n;
    const Pending& pending = vector ? vgpr_[number] : sgpr_[number];
    if (!is_pending(pending) || (!vector && number == kNull)) continue;
    if (in_order && (pending.load->format == Format::kDs) == (instruction.format == Format::kDs)) continue;
    char name[16], place[256];
    name_register(name, operand, number);
    describe_line(wave, *pending.load, place, sizeof place);
    report(wave, kCheckWaits, instruction, first_lane(wave), "%s %s before its load at %s is complete", writes ? "writes" : "reads",
           name, place);
    return;
  }
}

void WaitCheck::touch(const Touch& touch) { (touch.space == Space::kShared ? touched_lds_ : touched_memory_) |= touch.active != 0; }

void WaitCheck::after(const Wave& wave, const Instruction& instruction) {
  if (instruction.record != nullptr && wave.state != State::kFaulted) issue(wave, instruction);
}

void WaitCheck::issue(const Wave& wave, const Instruction& i) {
  if (i.format == Format::kSmem) {
    ++issued_[kScalar];
    if (i.destination.kind == Kind::kSgpr) mark(i, 1u << kScalar);
  } else if (i.format <= Format::kSopp && contains(i, "s_sendmsg")) {
    ++issued_[kMessage];
    if (i.destination.kind == Kind::kSgpr) mark(i, 1u << kMessage);
  } else if (i.format == Format::kDs) {
    ++issued_[kLds];
    if (i.destination.kind == Kind::kVgpr) mark(i, 1u << kLds);
  } else if (is_vector_memory(i)) {
    issue_vector(wave, i);
  }
}

void WaitCheck::issue_vector(const Wave& wave, const Instruction& i) {
  const bool flat = i.format == Format::kFlat, load = is_load(i);
  if (load || !wave.program->arch().is_rdna()) ++issued_[kVector];
  if (flat) ++issued_[kLds];
  const u32 vector = touched_memory_ ? 1u << kVector : 0, lds = flat && touched_lds_ ? 1u << kLds : 0;
  if (load && (vector | lds) != 0) mark(i, vector | lds);
}

void WaitCheck::mark(const Instruction& i, u32 kinds) {
  const bool scalar = i.destination.kind == Kind::kSgpr;
  const u32 count = i.destination_registers != 0 ? i.destination_registers : 1;
  const u32 end = scalar ? u32{kScalarRegisters} : kVectorRegisters;
  for (u32 n = i.destination.index; n < i.destination.index + count && n < end; ++n) {
    Pending& pending = scalar ? sgpr_[n] : vgpr_[n];
    pending = {};
    for (unsigned kind = 0; kind < kKinds; ++kind) pending.number[kind] = kinds >> kind & 1 ? issued_[kind] : 0;
    pending.load = &i;
  }
}

}  // namespace cw::amd
