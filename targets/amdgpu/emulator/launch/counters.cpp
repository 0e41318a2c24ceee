#include "emulator/launch/counters.hpp"

#include <string.h>

#include "emulator/machine/record.hpp"

namespace cw::amd {
namespace {

using Statistics = cw_amd_launch_statistics;
using Counter = uint64_t Statistics::*;

bool begins_with(const char* name, const char* beginning) { return strncmp(name, beginning, strlen(beginning)) == 0; }

bool is_matrix(const char* name) {
  return begins_with(name, "v_mfma") || begins_with(name, "v_smfmac") || begins_with(name, "v_wmma") ||
         begins_with(name, "v_swmmac");
}

bool is_branch(const char* name) {
  return begins_with(name, "s_branch") || begins_with(name, "s_cbranch") || begins_with(name, "s_setpc") ||
         begins_with(name, "s_swappc") || begins_with(name, "s_call") || begins_with(name, "s_endpgm");
}

bool is_sync(const char* name) {
  static constexpr const char* kBeginnings[] = {
      "s_wait",   "s_barrier", "s_nop", "s_sleep",    "s_delay",   "s_clause",   "s_sethalt", "s_setprio",  "s_inst_prefetch",
      "s_icache", "s_dcache",  "s_gl1", "s_code_end", "buffer_gl", "buffer_inv", "buffer_wb", "global_inv", "global_wb"};
  for (const char* beginning : kBeginnings) {
    if (begins_with(name, beginning)) return true;
  }
  return false;
}

// A buffer whose lanes are interleaved is scratch.
Counter buffer_counter(const Wave& wave, const Instruction& i) {
  const u32* descriptor = wave.sgpr + i.source[1].index;
  const bool scratch = i.source[1].kind == Kind::kSgpr && descriptor[1] >> 31 != 0 && (descriptor[3] >> 23 & 1) != 0;
  return scratch ? &Statistics::scratch : &Statistics::vmem;
}

Counter counter_of(const Wave& wave, const Instruction& i) {
  const char* name = i.record != nullptr ? i.record->name : "";
  if (is_sync(name)) return &Statistics::sync;
  switch (i.format) {
    case Format::kSop1:
    case Format::kSop2:
    case Format::kSopc:
    case Format::kSopk:
    case Format::kSopp:
      return is_branch(name) ? &Statistics::branch : &Statistics::salu;
    case Format::kSmem:
      return &Statistics::smem;
    case Format::kDs:
      return &Statistics::lds;
    case Format::kScratch:
      return &Statistics::scratch;
    case Format::kMubuf:
      return buffer_counter(wave, i);
    case Format::kFlat:
    case Format::kGlobal:
      return &Statistics::vmem;
    default:
      return is_matrix(name) ? &Statistics::matrix : &Statistics::valu;
  }
}

// How many different pieces of 2^`shift` bytes the lanes touch.
u64 pieces(const Touch& touch, unsigned shift) {
  u64 seen[2 * 64], count = 0;
  for (u64 left = touch.active; left != 0; left &= left - 1) {
    const u64 at = touch.at[__builtin_ctzll(left)];
    for (u64 piece = at >> shift; piece <= (at + touch.bytes - 1) >> shift; ++piece) {
      u64 n = 0;
      while (n < count && seen[n] != piece) ++n;
      if (n == count) seen[count++] = piece;
    }
  }
  return count;
}

}  // namespace

void Counters::attach(Wave& wave) {
  wave.observe = &observe;
  wave.observer = this;
}

bool Counters::before(Wave& wave, const Instruction& instruction) {
  ++counted_.instructions;
  if (wave.executed == 0) ++counted_.waves;
  ++(counted_.*counter_of(wave, instruction));
  if (executed_at_ != nullptr) __atomic_fetch_add(&executed_at_[wave.program->offset_of(instruction) / 4], 1, __ATOMIC_RELAXED);
  return true;
}

bool Counters::observe(Wave& wave, const Instruction& instruction, const Touch& touch) {
  auto* counters = static_cast<Counters*>(wave.observer);
  if (touch.space == Space::kGlobal && instruction.format != Format::kSmem) counters->count_transactions(touch);
  if (touch.space == Space::kShared) counters->counted_.lds_bytes += u64{touch.bytes} * __builtin_popcountll(touch.active);
  return true;
}

// Interleaved scratch is not told apart here: descriptors make it global memory, which it is.
void Counters::count_transactions(const Touch& touch) {
  counted_.transactions_32 += pieces(touch, 5);
  counted_.transactions_64 += pieces(touch, 6);
  counted_.transactions_128 += pieces(touch, 7);
}

void add(cw_amd_launch_statistics& to, const cw_amd_launch_statistics& what) {
  to.waves += what.waves;
  to.instructions += what.instructions;
  to.valu += what.valu;
  to.matrix += what.matrix;
  to.salu += what.salu;
  to.branch += what.branch;
  to.sync += what.sync;
  to.smem += what.smem;
  to.lds += what.lds;
  to.vmem += what.vmem;
  to.scratch += what.scratch;
  to.transactions_32 += what.transactions_32;
  to.transactions_64 += what.transactions_64;
  to.transactions_128 += what.transactions_128;
  to.lds_bytes += what.lds_bytes;
}

}  // namespace cw::amd
