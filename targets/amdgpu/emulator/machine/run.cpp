#include "emulator/machine/memory_fault.hpp"
#include "emulator/machine/special.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {
namespace {

void run_instructions(Wave& wave) {
  const Instruction* i = wave.next;
  u64 executed = 0;
  while (i != nullptr) {
    const Handler handler = __atomic_load_n(&i->run, __ATOMIC_ACQUIRE);
    if (handler == nullptr) [[unlikely]] {
      wave.program->decode(*i);
      continue;
    }
    ++executed;
    wave.current = i;
    i = step(wave, *i, handler);
  }
  wave.executed += executed;
}

}  // namespace

const Instruction* stop(Wave& wave, const Instruction& at, const char* why, u64 address) {
  wave.state = State::kFaulted;
  wave.fault = why;
  wave.fault_at = &at;
  wave.fault_address = address;
  return nullptr;
}

void stop_at_memory(Wave& wave, u64 address) {
  wave.fault_in_memory = true;
  stop(wave, *wave.current, "an access to memory that is not there", address);
}

void run(Wave& wave) {
  wave.state = State::kRunning;
  const HostRounding rounding(wave);
  u64 address = 0;
  if (run_guarded([](void* w) { run_instructions(*static_cast<Wave*>(w)); }, &wave, &address)) return;
  stop_at_memory(wave, address);
}

}  // namespace cw::amd
