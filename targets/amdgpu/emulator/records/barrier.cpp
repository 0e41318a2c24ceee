// Barriers of a workgroup.
#include "emulator/machine/scalar_alu.hpp"
#include "emulator/machine/workgroup.hpp"

namespace cw::amd {
namespace {

constexpr i32 kWorkgroupBarrier = -1, kTrapBarrier = -2;

// Goes on behind `i` once the barrier that the wave has signalled is complete.
const Instruction* wait(Wave& w, const Instruction& i) {
  if (w.group != nullptr && w.group->passes(w)) return after(i);
  w.next = after(i);
  w.state = State::kBarrier;
  return nullptr;
}

RECORD(s_barrier) {
  if (w.group != nullptr) w.group->signal(w);
  return wait(w, i);
}

// gfx12: arriving and waiting are two instructions. The number -1 is the workgroup's barrier; the trap handler's has no user here.
bool is_known(Wave& w, const Instruction& i, i32 barrier) {
  if (barrier == kWorkgroupBarrier || barrier == kTrapBarrier) return true;
  stop(w, i, "a named barrier");
  return false;
}

const Instruction* signal(Wave& w, const Instruction& i, bool tells_first) {
  const i32 barrier = scalar_operand<i32>(w, i.source[0]);
  if (!is_known(w, i, barrier)) return nullptr;
  const bool first = barrier == kWorkgroupBarrier && w.group != nullptr && w.group->signal(w);
  if (tells_first) w.scc = first;
  return after(i);
}

RECORD(s_barrier_signal) { return signal(w, i, false); }
RECORD(s_barrier_signal_isfirst) { return signal(w, i, true); }
RECORD(s_barrier_wait) {
  if (!is_known(w, i, i.immediate)) return nullptr;
  return wait(w, i);
}

}  // namespace
}  // namespace cw::amd
