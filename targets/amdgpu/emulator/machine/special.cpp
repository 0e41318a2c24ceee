#include "emulator/machine/special.hpp"

#include "emulator/machine/count.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {
namespace {

constexpr u32 kDefaultControl = 0x1f80;  // MXCSR: no exceptions, round to nearest, denormals as they are

// MODE counts nearest, up, down, to zero; MXCSR nearest, down, up, to zero.
u32 host_control(u32 rounding) {
  constexpr u32 kHost[] = {0, 2, 1, 3};
  return kDefaultControl | kHost[rounding & 3] << 13;
}

void set_rounding(u32 rounding) { __builtin_ia32_ldmxcsr(host_control(rounding)); }

bool rounds_as_f64(const Record* record) {
  if (record == nullptr) return false;
  return record->result == Type::kF64 || record->result == Type::kF16 || record->result == Type::kPackedF16;
}

}  // namespace

void adopt_rounding(Wave& w) {
  const u32 single_precision = w.mode & 3, other = w.mode >> 2 & 3;
  w.special = static_cast<u8>(single_precision != other ? w.special | kMixedRounding : w.special & ~kMixedRounding);
  set_rounding(single_precision);
}

const Instruction* special_step(Wave& w, const Instruction& i, Handler handler) {
  if ((w.special & kCounted) != 0) {
    count(w.program->arch(), i.record);
    if (i.second != nullptr) count(w.program->arch(), i.second->record);
  }
  if ((w.special & kMixedRounding) != 0) set_rounding(rounds_as_f64(i.record) ? w.mode >> 2 : w.mode);
  return handler(w, i);
}

HostRounding::HostRounding(Wave& w) : saved_(__builtin_ia32_stmxcsr()) {
  if (counts_are_wanted()) w.special |= kCounted;
  adopt_rounding(w);
}

}  // namespace cw::amd
