#include "emulator/checks/races.hpp"

#include <stdlib.h>

#include "emulator/machine/checks.hpp"
#include "emulator/machine/memory.hpp"

namespace cw::amd {

RaceCheck::~RaceCheck() {
  free(byte_);
  free(reads_);
}

void RaceCheck::reserve() {
  if (byte_ != nullptr) return;
  byte_ = static_cast<Byte*>(calloc(bytes_, sizeof(Byte)));
  reads_ = static_cast<u32*>(calloc(size_t{bytes_} * clocks_.waves(), sizeof(u32)));
  if (byte_ == nullptr || reads_ == nullptr) abort();
}

void RaceCheck::touch(const Wave& wave, const Instruction& instruction, const Touch& touch) {
  if (touch.access == Access::kAtomic && touch.space != Space::kScratch) {
    each_of(touch.active, [&](u32 lane) { synchronize(wave, touch, lane); });
  }
  if (touch.space != Space::kShared || touch.active == 0 || (enabled_checks() & kCheckRaces) == 0) return;
  reserve();
  each_of(touch.active, [&](u32 lane) {
    for (u64 at = touch.at[lane]; at < touch.at[lane] + touch.bytes && at < bytes_; ++at) {
      if (touch.access == Access::kLoad)
        read_byte(wave, instruction, lane, at);
      else
        write_byte(wave, instruction, lane, at, touch.access == Access::kAtomic);
    }
  });
}

// An atomic hears of all earlier ones at its address, and tells later ones.
void RaceCheck::synchronize(const Wave& wave, const Touch& touch, u32 lane) {
  const u64 key = touch.at[lane] / 4 * 2 + (touch.space == Space::kShared ? 1 : 0) + 2;  // never 0
  const u32* known = addresses_.find(key);
  const u32 number = known != nullptr ? *known : static_cast<u32>(messages_.size());
  if (known == nullptr) {
    addresses_.set(key, number);
    messages_.push({});
  }
  clocks_.take(wave.number, messages_[number]);
  clocks_.give(wave.number, messages_[number]);
}

void RaceCheck::read_byte(const Wave& wave, const Instruction& instruction, u32 lane, u64 at) {
  Byte& byte = byte_[at];
  if (byte.written != 0 && !clocks_.knows(wave.number, byte.writer, byte.written))
    found(wave, instruction, lane, at, "reads", byte.writer, byte.write);
  reads_[at * clocks_.waves() + wave.number] = clocks_.now(wave.number);
  byte.read = &instruction;
}

void RaceCheck::write_byte(const Wave& wave, const Instruction& instruction, u32 lane, u64 at, bool atomically) {
  Byte& byte = byte_[at];
  const char* what = atomically ? "updates" : "writes";
  if (byte.written != 0 && !(atomically && byte.atomically) && !clocks_.knows(wave.number, byte.writer, byte.written))
    found(wave, instruction, lane, at, what, byte.writer, byte.write);
  for (u32 other = 0; other < clocks_.waves(); ++other) {
    if (!clocks_.knows(wave.number, other, reads_[at * clocks_.waves() + other]))
      found(wave, instruction, lane, at, what, other, byte.read);
  }
  byte.written = clocks_.now(wave.number);
  byte.writer = static_cast<u16>(wave.number);
  byte.atomically = atomically;
  byte.write = &instruction;
}

void RaceCheck::found(const Wave& wave, const Instruction& instruction, u32 lane, u64 at, const char* what, u32 other,
                      const Instruction* there) {
  char place[256];
  describe_line(wave, *there, place, sizeof place);
  report(wave, kCheckRaces, instruction, lane,
         "%s byte %llu of shared memory, which wave %u touches at %s without a barrier between", what,
         static_cast<unsigned long long>(at), other, place);
}

}  // namespace cw::amd
