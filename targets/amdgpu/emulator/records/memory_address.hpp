// Where the lanes of a memory instruction read and write, by its form.
#pragma once

#include "emulator/machine/memory.hpp"

namespace cw::amd {

// What an instruction does at each address.
struct Request {
  u32 bytes;
  Access access;
  bool rows = false;  // it knows what to do with Lanes::row
};

// All of these fill `lanes` and return true, or stop the wave and return false.

// Addresses of FLAT and GLOBAL instructions as they are, apertures included.
template <unsigned W>
void full_addresses(const Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes);

// From full addresses in `lanes`.
template <unsigned W>
bool find_global(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes);

// From offsets into LDS in `lanes`.
template <unsigned W>
bool find_shared(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes);

// From offsets into each lane's scratch in `lanes`.
template <unsigned W>
bool find_scratch(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes);

// Addresses of SCRATCH instructions: offsets into each lane's scratch.
template <unsigned W>
void scratch_offsets(const Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes);

// The same from parts: `base` plus the lane's value of `vector`, if that is not null.
template <unsigned W>
void scratch_offsets_from(const Wave& w, u32 base, const u32* vector, const Request& request, Lanes<W>& lanes);

// DS instructions: source[0] plus `offset` bytes.
template <unsigned W>
void shared_offsets(const Wave& w, const Instruction& i, u32 offset, const Request& request, Lanes<W>& lanes);

// MUBUF instructions: from the descriptor, index and offset.
template <unsigned W>
bool find_buffer(Wave& w, const Instruction& i, const Request& request, Lanes<W>& lanes);

// Whether a lane's address may lie in an aperture: beyond the addresses that processes have.
template <unsigned W>
inline bool may_be_in_aperture(const Lanes<W>& lanes) {
  constexpr u64 kProcess = u64{1} << 47;
  if (lanes.row != 0) return lanes.at[0] >= kProcess;
  u64 any = 0;
  for (u32 l = 0; l < W; ++l) any |= lanes.at[l];
  return any >= kProcess;
}

// Lanes whose address lies in an aperture (machine/wave.hpp).
template <unsigned W>
inline u64 in_aperture(const Lanes<W>& lanes, u64 aperture) {
  u64 found = 0;
  each_of(lanes.active, [&](u32 l) { found |= u64{lanes.at[l] >> 32 == aperture >> 32} << l; });
  return found;
}

}  // namespace cw::amd
