// Runs a wave while somebody watches: the same loop as `run`, for counting and checking.
#pragma once

#include "emulator/machine/memory_fault.hpp"
#include "emulator/machine/special.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

template <typename Watch>
void run_watched_instructions(Wave& wave, Watch& watch) {
  const Instruction* i = wave.next;
  while (i != nullptr) {
    const Handler handler = __atomic_load_n(&i->run, __ATOMIC_ACQUIRE);
    if (handler == nullptr) {
      wave.program->decode(*i);
      continue;
    }
    wave.current = i;
    if (!watch.before(wave, *i)) return;
    ++wave.executed;
    i = step(wave, *i, handler);
    watch.after(wave, *wave.current);
  }
}

// `watch.before(wave, instruction)` is called before each instruction; false stops the wave (the watch has called `stop`).
// `watch.after(wave, instruction)` is called when it has run.
template <typename Watch>
void run_watched(Wave& wave, Watch& watch) {
  struct Both {
    Wave& wave;
    Watch& watch;
  } both{wave, watch};
  wave.state = State::kRunning;
  const HostRounding rounding(wave);
  u64 address = 0;
  const auto body = [](void* raw) {
    auto* b = static_cast<Both*>(raw);
    run_watched_instructions(b->wave, b->watch);
  };
  if (!run_guarded(body, &both, &address)) stop_at_memory(wave, address);
}

}  // namespace cw::amd
