// Comparisons from functions of one lane: `COMPARE(lt_f32, (f32 a, f32 b)) { return a < b; }` is v_cmp_lt_f32, which writes a mask,
// and v_cmpx_lt_f32, which makes it the mask of active lanes.
#pragma once

#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {

// On gfx9 the mask goes to its destination and to EXEC; later it only goes to EXEC, which the decoder gives as the destination.
template <auto F>
struct CompareToExec {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    const Instruction* next = VectorAlu<F>::template run<W>(w, i);
    w.set_mask(kExecLo, w.mask(i.scalar_destination.index));
    return next;
  }
  static constexpr Record record(const char* name) {
    Record record = VectorAlu<F>::record(name);
    record.run32 = &run<32>;
    record.run64 = &run<64>;
    return record;
  }
};

#define COMPARE(name, parameters)                                                                                           \
  static inline bool name parameters;                                                                                       \
  CW_JOIN(static const ::cw::amd::Announce announce_cmp_, name)(::cw::amd::VectorAlu<&name>::record("v_cmp_" #name));       \
  CW_JOIN(static const ::cw::amd::Announce announce_cmpx_, name)(::cw::amd::CompareToExec<&name>::record("v_cmpx_" #name)); \
  [[gnu::always_inline]] static inline bool name parameters

}  // namespace cw::amd
