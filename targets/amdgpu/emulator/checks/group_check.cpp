#include "emulator/checks/group_check.hpp"

#include "emulator/machine/memory_fault.hpp"
#include "emulator/machine/special.hpp"

namespace cw::amd {

GroupCheck::GroupCheck(const Origin& origin, u32 waves, u32 lds_bytes)
    : origin_(origin), checks_(enabled_checks()), clocks_(waves), races_(clocks_, lds_bytes), barriers_(clocks_) {
  waits_.resize(waves);
}

void GroupCheck::run(Wave& wave) {
  if (wave.observe != &observe) {
    observe_ = wave.observe;
    wave.observe = &observe;
    wave.check = this;
  }
  wave.state = State::kRunning;
  const HostRounding rounding(wave);
  u64 address = 0;
  if (run_guarded([](void* w) { static_cast<Wave*>(w)->check->run_instructions(*static_cast<Wave*>(w)); }, &wave, &address)) return;
  stop_at_memory(wave, address);
}

void GroupCheck::run_instructions(Wave& wave) {
  const Instruction* i = wave.next;
  while (i != nullptr) {
    const Handler handler = __atomic_load_n(&i->run, __ATOMIC_ACQUIRE);
    if (handler == nullptr) {
      wave.program->decode(*i);
      continue;
    }
    const Instruction* at = i;
    wave.current = at;
    before(wave, *at);
    ++wave.executed;
    i = step(wave, *at, handler);
    after(wave, *at);
  }
}

void GroupCheck::before(Wave& wave, const Instruction& instruction) {
  barriers_.before(wave, instruction);
  if (checks_ & kCheckWaits) waits_[wave.number].before(wave, instruction);
}

void GroupCheck::after(Wave& wave, const Instruction& instruction) {
  barriers_.after(wave, instruction);
  if (checks_ & kCheckWaits) waits_[wave.number].after(wave, instruction);
}

bool GroupCheck::observe(Wave& wave, const Instruction& instruction, const Touch& touch) {
  GroupCheck& check = *wave.check;
  check.waits_[wave.number].touch(touch);
  check.barriers_.touch(wave, instruction, touch);
  check.races_.touch(wave, instruction, touch);
  for (const TouchCheck* other = all_touch_checks(); other != nullptr; other = other->next) {
    if (check.checks_ & other->check) other->run(wave, instruction, touch);
  }
  return check.observe_ == nullptr || check.observe_(wave, instruction, touch);
}

}  // namespace cw::amd
