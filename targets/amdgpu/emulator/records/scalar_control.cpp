// Where a wave goes on: branches, ends, barriers.
#include "emulator/machine/record.hpp"
#include "emulator/machine/wave.hpp"

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

RECORD(s_nop) { return after(i); }
RECORD(s_endpgm) {
  w.state = State::kEnded;
  return nullptr;
}
RECORD(s_barrier) {
  w.next = after(i);
  w.state = State::kBarrier;
  return nullptr;
}

}  // namespace
}  // namespace cw::amd
