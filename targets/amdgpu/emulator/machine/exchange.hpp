// DPP: lanes read their first operand from other lanes.
#pragma once

#include "emulator/machine/wave.hpp"

namespace cw::amd {

// The lane that lane `l` reads, or -1 where there is none. `control` is the 9-bit field of DPP16.
int dpp16_source(u32 control, unsigned l, unsigned lanes, bool rdna);

// Lanes whose result is written: EXEC without rows and banks that are masked, and without lanes that have no source (bound control
// off).
u64 dpp_writes(const Wave& w, const Instruction& i);

template <unsigned W>
inline u64 exchange_writes(const Wave& w, const Instruction& i) {
  return i.exchange == Exchange::kDpp16 ? dpp_writes(w, i) : ~u64{0};
}

// `out[l]` = the value that lane `l` reads of `in`.
void exchange_lanes(const Wave& w, const Instruction& i, const u32* in, u32* out);

template <unsigned W>
inline void exchange(const Wave& w, const Instruction& i, const u32* in, u32* out) {
  exchange_lanes(w, i, in, out);
}

}  // namespace cw::amd
