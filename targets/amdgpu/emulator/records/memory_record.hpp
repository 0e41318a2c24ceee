// Memory instructions from what they do at their lanes' places: `MEMORY(load_b32, LoadOne<u32>)` is the record of flat_load_b32,
// global_load_b32, scratch_load_b32 and buffer_load_b32 at once, `MEMORY_ALIAS(load_dword, load_b32)` their older names;
// `SHARED(ds_load_b32, LoadOne<u32>)` the record of a DS instruction.
//
// `Do` has a `kRequest`, and `run(wave, instruction, lanes, data)` that does it and returns false where the wave was stopped.
// `data` are the lanes' values of the first data register.
#pragma once

#include "emulator/machine/record.hpp"
#include "emulator/records/memory_address.hpp"

namespace cw::amd {

template <class Do>
struct Memory {
  template <unsigned W>
  static const Instruction* global(Wave& w, const Instruction& i) {
    Lanes<W> lanes;
    full_addresses(w, i, Do::kRequest, lanes);
    const bool went = find_global(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 2));
    return went ? after(i) : nullptr;
  }

  template <unsigned W>
  static const Instruction* scratch(Wave& w, const Instruction& i) {
    Lanes<W> lanes;
    scratch_offsets(w, i, Do::kRequest, lanes);
    const bool went = find_scratch(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 2));
    return went ? after(i) : nullptr;
  }

  template <unsigned W>
  static const Instruction* buffer(Wave& w, const Instruction& i) {
    Lanes<W> lanes;
    const bool went = find_buffer(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 2));
    return went ? after(i) : nullptr;
  }

  template <unsigned W>
  static const Instruction* flat(Wave& w, const Instruction& i) {
    Lanes<W> lanes;
    full_addresses(w, i, Do::kRequest, lanes);
    if (may_be_in_aperture(lanes)) [[unlikely]]
      return through_apertures(w, i, lanes) ? after(i) : nullptr;
    const bool went = find_global(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 2));
    return went ? after(i) : nullptr;
  }

  // DS instructions with one address.
  template <unsigned W>
  static const Instruction* shared(Wave& w, const Instruction& i) {
    if constexpr (requires { Do::template quick<W>(w, i); }) {
      if (Do::template quick<W>(w, i)) return after(i);
    }
    Lanes<W> lanes;
    shared_offsets(w, i, static_cast<u32>(i.offset), Do::kRequest, lanes);
    const bool went = find_shared(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 1));
    return went ? after(i) : nullptr;
  }

 private:
  template <unsigned W>
  static const u32* data(const Wave& w, const Instruction& i, unsigned source) {
    return w.vgpr + u64{i.source[source].index} * W;
  }

  // The lanes of each kind of memory one after another.
  template <unsigned W>
  [[gnu::noinline]] static bool through_apertures(Wave& w, const Instruction& i, Lanes<W>& all) {
    if (all.row != 0) all.spread();
    const u64 shared = in_aperture(all, kSharedAperture), scratch = in_aperture(all, kPrivateAperture);
    Lanes<W> lanes = all;
    lanes.active &= ~(shared | scratch);
    if (lanes.active != 0 && !(find_global(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 2)))) return false;
    low_halves(all, shared, lanes);
    if (shared != 0 && !(find_shared(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 2)))) return false;
    low_halves(all, scratch, lanes);
    return scratch == 0 || (find_scratch(w, i, Do::kRequest, lanes) && Do::run(w, i, lanes, data<W>(w, i, 2)));
  }

  template <unsigned W>
  static void low_halves(const Lanes<W>& all, u64 active, Lanes<W>& lanes) {
    for (u32 l = 0; l < W; ++l) lanes.at[l] = static_cast<u32>(all.at[l]);
    lanes.active = active;
    lanes.absent = 0;
  }
};

#define MEMORY(name, ...)                                                                              \
  CW_ANNOUNCE("flat_" #name, &Memory<__VA_ARGS__>::flat<32>, &Memory<__VA_ARGS__>::flat<64>);          \
  CW_ANNOUNCE("global_" #name, &Memory<__VA_ARGS__>::global<32>, &Memory<__VA_ARGS__>::global<64>);    \
  CW_ANNOUNCE("scratch_" #name, &Memory<__VA_ARGS__>::scratch<32>, &Memory<__VA_ARGS__>::scratch<64>); \
  CW_ANNOUNCE("buffer_" #name, &Memory<__VA_ARGS__>::buffer<32>, &Memory<__VA_ARGS__>::buffer<64>)

#define SHARED(name, ...) CW_ANNOUNCE(#name, &Memory<__VA_ARGS__>::shared<32>, &Memory<__VA_ARGS__>::shared<64>)

#define MEMORY_ALIAS(name, of)                                                             \
  static const Announce CW_JOIN(announce_, __COUNTER__)("flat_" #name, "flat_" #of);       \
  static const Announce CW_JOIN(announce_, __COUNTER__)("global_" #name, "global_" #of);   \
  static const Announce CW_JOIN(announce_, __COUNTER__)("scratch_" #name, "scratch_" #of); \
  static const Announce CW_JOIN(announce_, __COUNTER__)("buffer_" #name, "buffer_" #of)

}  // namespace cw::amd
