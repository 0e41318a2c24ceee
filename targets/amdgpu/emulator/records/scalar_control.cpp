// Where a wave goes on: branches, ends.
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

// A wave that runs for long in a loop lets the others of its workgroup run: one of them may be what it waits for.
constexpr u32 kBudget = 4096;

const Instruction* branch(Wave& w, const Instruction& i, bool taken) {
  if (!taken) return after(i);
  if (i.target == nullptr) return stop(w, i, "a branch out of the code");
  if (i.target <= &i && w.budget-- == 0) {
    w.budget = kBudget;
    w.next = i.target;
    w.state = State::kYielded;
    return nullptr;
  }
  return i.target;
}

RECORD(s_branch) { return branch(w, i, true); }
RECORD(s_cbranch_scc0) { return branch(w, i, !w.scc); }
RECORD(s_cbranch_scc1) { return branch(w, i, w.scc); }
RECORD(s_cbranch_vccz) { return branch(w, i, w.mask(kVccLo) == 0); }
RECORD(s_cbranch_vccnz) { return branch(w, i, w.mask(kVccLo) != 0); }
RECORD(s_cbranch_execz) { return branch(w, i, w.mask(kExecLo) == 0); }
RECORD(s_cbranch_execnz) { return branch(w, i, w.mask(kExecLo) != 0); }

// No debugger is there.
RECORD(s_cbranch_cdbgsys) { return after(i); }
ALIAS(s_cbranch_cdbguser, s_cbranch_cdbgsys);
ALIAS(s_cbranch_cdbgsys_or_user, s_cbranch_cdbgsys);
ALIAS(s_cbranch_cdbgsys_and_user, s_cbranch_cdbgsys);

// Jumps to an address: functions, and what they return to.
const Instruction* jump(Wave& w, const Instruction& i, u64 address) {
  const Instruction* target = w.program->at(address);
  return target != nullptr ? target : stop(w, i, "a jump out of the code", address);
}
u64 next_address(const Wave& w, const Instruction& i) { return w.program->address_of(i) + 4u * i.dwords; }

RECORD(s_getpc_b64) {
  write_scalar(w, i.destination, next_address(w, i));
  return after(i);
}
RECORD(s_setpc_b64, Type::kB64) { return jump(w, i, scalar_operand<u64>(w, i.source[0])); }
RECORD(s_swappc_b64, Type::kB64) {
  const u64 target = scalar_operand<u64>(w, i.source[0]);
  write_scalar(w, i.destination, next_address(w, i));
  return jump(w, i, target);
}
RECORD(s_call_b64) {
  write_scalar(w, i.destination, next_address(w, i));
  return i.target != nullptr ? i.target : stop(w, i, "a call out of the code");
}

RECORD(s_endpgm) {
  w.state = State::kEnded;
  return nullptr;
}
ALIAS(s_endpgm_ordered_ps_done, s_endpgm);

}  // namespace
}  // namespace cw::amd
