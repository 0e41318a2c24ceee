// Floating-point atomics. Rounding is to nearest even whatever the mode says.
#include "emulator/machine/floats.hpp"
#include "emulator/machine/lane_operands.hpp"
#include "emulator/records/memory_atomics.hpp"

namespace cw::amd {
namespace {

// LDS obeys the mode for denormals; the cache of gfx90a adds f32 without them (LLVM expands such atomics there, and only there).
bool drops_denormals(const Wave& w, Space space) {
  if (space == Space::kShared) return w.flushes_f32();
  return w.program->arch().isa == Isa::kGfx90a;
}

ATOMIC_ANYWHERE(add, f32, (const Wave& w, Space space, f32 old, f32 data)) {
  return drops_denormals(w, space) ? flushed(flushed(old) + flushed(data)) : old + data;
}
ATOMIC_ANYWHERE(add, f64, (f64 old, f64 data)) { return old + data; }

using PairF16 = Pair<f16>;

PairF16 pk_add_f16(PairF16 old, PairF16 data) {
  return {static_cast<f16>(old.low + data.low), static_cast<f16>(old.high + data.high)};
}
// The upper half of the sum of two bf16 that lie in the upper halves. The exact sum may need more than the 24 bits of f32, but
// never where that would change how it rounds to 8.
u32 added(u32 a, u32 b) { return u32{bits<u16>(narrowed_bf16(bits<f32>(a) + bits<f32>(b)))} << 16; }
// As bits: the host has no arithmetic of bf16, nor moves of it.
u32 pk_add_bf16(u32 old, u32 data) { return added(old & 0xffff0000u, data & 0xffff0000u) | added(old << 16, data << 16) >> 16; }

CW_MEMORY_ATOMIC(pk_add_f16, Atomic<PairF16, &pk_add_f16, Second::kNone, false>);
CW_MEMORY_ATOMIC(pk_add_bf16, Atomic<u32, &pk_add_bf16, Second::kNone, false>);
SHARED(ds_pk_add_f16, Atomic<PairF16, &pk_add_f16, Second::kNone, false>);
SHARED(ds_pk_add_rtn_f16, Atomic<PairF16, &pk_add_f16, Second::kNone, true>);
SHARED(ds_pk_add_bf16, Atomic<u32, &pk_add_bf16, Second::kNone, false>);
SHARED(ds_pk_add_rtn_bf16, Atomic<u32, &pk_add_bf16, Second::kNone, true>);

// Before gfx12 a plain comparison: memory keeps its value where one of the two is NaN.
ATOMIC_ANYWHERE(min, f32, (f32 old, f32 data)) { return data < old ? data : old; }
ATOMIC_ANYWHERE(min, f64, (f64 old, f64 data)) { return data < old ? data : old; }
ATOMIC_ANYWHERE(max, f32, (f32 old, f32 data)) { return data > old ? data : old; }
ATOMIC_ANYWHERE(max, f64, (f64 old, f64 data)) { return data > old ? data : old; }
ATOMIC_ALIAS(fmin, min_f32);
ATOMIC_ALIAS(fmin_x2, min_f64);
ATOMIC_ALIAS(fmax, max_f32);
ATOMIC_ALIAS(fmax_x2, max_f64);

// gfx12: IEEE 754-2019 minimumNumber and maximumNumber.
template <typename T>
bool is_before(T a, T b) {
  return a < b || (a == b && __builtin_signbit(a) && !__builtin_signbit(b));
}

template <typename T>
T number_of(T old, T data, bool takes_data) {
  if (data != data) return old != old ? data + data : old;  // the sum is quiet
  return old != old || takes_data ? data : old;
}

ATOMIC_ANYWHERE(min_num, f32, (f32 old, f32 data)) { return number_of(old, data, is_before(data, old)); }
ATOMIC_ANYWHERE(max_num, f32, (f32 old, f32 data)) { return number_of(old, data, is_before(old, data)); }
SHARED_ATOMIC(min_num, f64, (f64 old, f64 data)) { return number_of(old, data, is_before(data, old)); }
SHARED_ATOMIC(max_num, f64, (f64 old, f64 data)) { return number_of(old, data, is_before(old, data)); }

}  // namespace
}  // namespace cw::amd
