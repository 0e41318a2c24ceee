#include "emulator/machine/wave.hpp"

namespace cw::amd {

const Instruction* stop(Wave& wave, const Instruction& at, const char* why, u64 address) {
  wave.state = State::kFaulted;
  wave.fault = why;
  wave.fault_at = &at;
  wave.fault_address = address;
  return nullptr;
}

void run(Wave& wave) {
  wave.state = State::kRunning;
  const Instruction* i = wave.next;
  u64 executed = 0;
  while (i != nullptr) {
    const Handler handler = __atomic_load_n(&i->run, __ATOMIC_ACQUIRE);
    if (handler == nullptr) [[unlikely]] {
      wave.program->decode(*i);
      continue;
    }
    ++executed;
    i = handler(wave, *i);
  }
  wave.executed += executed;
}

}  // namespace cw::amd
