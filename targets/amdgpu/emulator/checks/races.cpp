#include "emulator/checks/races.hpp"

#include <stdlib.h>

#include "emulator/machine/checks.hpp"
#include "emulator/machine/memory.hpp"

namespace cw::amd {
namespace {

constexpr u32 kFlag = 1u << 31;
constexpr size_t kMostSuspects = 4096;  // of a wave between barriers

// A load that may be atomic: up to 8 bytes, the same for all lanes.
bool reads_flag(const Touch& touch) {
  if (touch.access != Access::kLoad || touch.active == 0 || touch.bytes > 8) return false;
  const u64 first = touch.at[__builtin_ctzll(touch.active)];
  bool same = true;
  each_of(touch.active, [&](u32 lane) { same = same && touch.at[lane] == first; });
  return same;
}

}  // namespace

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
  if ((enabled_checks() & kCheckRaces) == 0 || touch.active == 0) return;
  const bool flag = reads_flag(touch);
  if (touch.space != Space::kScratch) {
    if (touch.access == Access::kAtomic) each_of(touch.active, [&](u32 lane) { synchronize(wave, touch, lane, true); });
    if (flag) synchronize(wave, touch, static_cast<u32>(__builtin_ctzll(touch.active)), false);
  }
  if (touch.space != Space::kShared || bytes_ == 0) return;
  reserve();
  each_of(touch.active, [&](u32 lane) {
    const Access1 access{wave, instruction, lane, flag};
    for (u64 at = touch.at[lane]; at < touch.at[lane] + touch.bytes && at < bytes_; ++at) {
      if (touch.access == Access::kLoad)
        read_byte(access, at);
      else
        write_byte(access, at, touch.access == Access::kAtomic);
    }
  });
}

// An atomic hears of all earlier ones at its address, and tells later ones.
void RaceCheck::synchronize(const Wave& wave, const Touch& touch, u32 lane, bool tells) {
  const u64 key = touch.at[lane] / 4 * 2 + (touch.space == Space::kShared ? 1 : 0) + 2;  // never 0
  const u32* known = addresses_.find(key);
  if (known == nullptr && !tells) return;
  const u32 number = known != nullptr ? *known : static_cast<u32>(messages_.size());
  if (known == nullptr) {
    addresses_.set(key, number);
    messages_.push({});
  }
  clocks_.take(wave.number, messages_[number]);
  if (tells) clocks_.give(wave.number, messages_[number]);
}

void RaceCheck::read_byte(const Access1& access, u64 at) {
  Byte& byte = byte_[at];
  const u32 wave = access.wave.number;
  if (byte.written != 0 && !clocks_.knows(wave, byte.writer, byte.written)) {
    const Suspect suspect{&access.instruction, byte.write, at, access.lane, byte.writer, 0, "reads"};
    if (!byte.atomically) found(access.wave, suspect);
    if (byte.atomically && !access.flag && loads_[wave].size() < kMostSuspects) loads_[wave].push(suspect);
  }
  read_at(at, wave) = clocks_.now(wave) | (access.flag ? kFlag : 0);
  byte.read = &access.instruction;
}

void RaceCheck::write_byte(const Access1& access, u64 at, bool atomically) {
  Byte& byte = byte_[at];
  const u32 wave = access.wave.number;
  if (atomically) forget_loads(wave, at);
  Suspect suspect{
      &access.instruction, byte.write, at, access.lane, byte.writer, access.wave.lds[at], atomically ? "updates" : "writes"};
  if (byte.written != 0 && !(atomically && byte.atomically) && !clocks_.knows(wave, byte.writer, byte.written))
    writes_.push(suspect);
  for (u32 other = 0; other < clocks_.waves(); ++other) {
    const u32 read = read_at(at, other);
    if ((atomically && (read & kFlag) != 0) || clocks_.knows(wave, other, read & ~kFlag)) continue;
    suspect.there = byte.read;
    suspect.other = other;
    writes_.push(suspect);
  }
  byte.written = clocks_.now(wave);
  byte.writer = static_cast<u16>(wave);
  byte.atomically = atomically;
  byte.write = &access.instruction;
}

// The wave's loads of a byte were the first half of its atomic.
void RaceCheck::forget_loads(u32 wave, u64 at) {
  read_at(at, wave) = 0;
  Vector<Suspect>& loads = loads_[wave];
  for (size_t n = loads.size(); n-- != 0;) {
    if (loads[n].at == at) loads.erase(n);
  }
}

void RaceCheck::after(const Wave& wave) {
  for (const Suspect& suspect : writes_) {
    if (wave.lds[suspect.at] != suspect.old) found(wave, suspect);
  }
  writes_.clear();
}

void RaceCheck::settle(const Wave& wave) {
  for (const Suspect& suspect : loads_[wave.number]) found(wave, suspect);
  loads_[wave.number].clear();
}

void RaceCheck::found(const Wave& wave, const Suspect& suspect) {
  char place[256];
  describe_line(wave, *suspect.there, place, sizeof place);
  report(wave, kCheckRaces, *suspect.here, suspect.lane,
         "%s byte %llu of shared memory, which wave %u touches at %s without a barrier between", suspect.what,
         static_cast<unsigned long long>(suspect.at), suspect.other, place);
}

}  // namespace cw::amd
