#include "emulator/checks/group_check.hpp"

#include "emulator/machine/run_loop.hpp"

namespace cw::amd {

GroupCheck::GroupCheck(const Origin& origin, u32 waves, u32 lds_bytes)
    : origin_(origin), checks_(enabled_checks()), clocks_(waves), races_(clocks_, lds_bytes), barriers_(clocks_) {
  waits_.resize(waves);
}

void GroupCheck::run(Wave& wave) {
  attach(wave);
  run_watched(wave, *this);
}

void GroupCheck::attach(Wave& wave) {
  if (wave.observe == &observe) return;
  observe_ = wave.observe;
  wave.observe = &observe;
  wave.check = this;
}

bool GroupCheck::before(Wave& wave, const Instruction& instruction) {
  barriers_.before(wave, instruction);
  if (checks_ & kCheckWaits) waits_[wave.number].before(wave, instruction);
  return true;
}

void GroupCheck::after(Wave& wave, const Instruction& instruction) {
  const bool arrives = barriers_.after(wave, instruction);
  races_.after(wave);
  if (arrives || wave.state == State::kEnded) races_.settle(wave);
  if (checks_ & kCheckWaits) waits_[wave.number].after(wave, instruction);
}

bool GroupCheck::observe(Wave& wave, const Instruction& instruction, const Touch& touch) {
  GroupCheck& check = *wave.check;
  check.waits_[wave.number].touch(touch);
  check.races_.touch(wave, instruction, touch);
  for (const TouchCheck* other = all_touch_checks(); other != nullptr; other = other->next) {
    if (check.checks_ & other->check) other->run(wave, instruction, touch);
  }
  return check.observe_ == nullptr || check.observe_(wave, instruction, touch);
}

}  // namespace cw::amd
