// Sums of absolute differences and other arithmetic on the bytes of registers.
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

u32 byte_of(u32 value, unsigned n) { return value >> (8 * n) & 0xff; }
u32 distance(u32 a, u32 b) { return a > b ? a - b : b - a; }

u32 byte_distances(u32 a, u32 b) {
  u32 sum = 0;
  for (unsigned n = 0; n < 4; ++n) sum += distance(byte_of(a, n), byte_of(b, n));
  return sum;
}
// Bytes where `b` is 0 do not count.
u32 masked_distances(u32 a, u32 b) {
  u32 sum = 0;
  for (unsigned n = 0; n < 4; ++n) sum += byte_of(b, n) != 0 ? distance(byte_of(a, n), byte_of(b, n)) : 0;
  return sum;
}

VALU(v_sad_u8, u32, (u32 a, u32 b, u32 c)) { return byte_distances(a, b) + c; }
VALU(v_sad_hi_u8, u32, (u32 a, u32 b, u32 c)) { return (byte_distances(a, b) << 16) + c; }
VALU(v_sad_u16, u32, (u32 a, u32 b, u32 c)) { return distance(a & 0xffff, b & 0xffff) + distance(a >> 16, b >> 16) + c; }
VALU(v_sad_u32, u32, (u32 a, u32 b, u32 c)) { return distance(a, b) + c; }
VALU(v_msad_u8, u32, (u32 a, u32 b, u32 c)) { return masked_distances(a, b) + c; }

// Four sums: `b` against the four bytes of `a` from byte 0, 1, 2 and 3 on, added to the four numbers of `c`.
template <u32 (*Distances)(u32, u32)>
u64 four_sums(u64 a, u32 b, u64 c) {
  u64 result = 0;
  for (unsigned n = 0; n < 4; ++n) {
    const u64 sum = Distances(static_cast<u32>(a >> (8 * n)), b) + (c >> (16 * n) & 0xffff);
    result |= (sum & 0xffff) << (16 * n);
  }
  return result;
}
VALU(v_qsad_pk_u16_u8, u64, (u64 a, u32 b, u64 c)) { return four_sums<byte_distances>(a, b, c); }
VALU(v_mqsad_pk_u16_u8, u64, (u64 a, u32 b, u64 c)) { return four_sums<masked_distances>(a, b, c); }

// The same with four registers as numbers to add to, and for the result.
RECORD(v_mqsad_u32_u8, Type::kB64) {
  const PlainSource<u64, W> a(w, i.source[0]);
  const PlainSource<u32, W> b(w, i.source[1]);
  const bool added = i.source[2].kind == Kind::kVgpr;
  const u32 constant = static_cast<u32>(scalar_value(w, i.source[2], false));
  const u32* c = w.lane_values(i.source[2].index);
  u32* out = w.lane_values(i.destination.index);
  u32 sums[4][W];
  for (unsigned n = 0; n < 4; ++n) {
    for (unsigned l = 0; l < W; ++l)
      sums[n][l] = masked_distances(static_cast<u32>(a.get(l) >> (8 * n)), b.get(l)) + (added ? c[n * W + l] : constant);
  }
  for (unsigned n = 0; n < 4; ++n) {
    for (unsigned l = 0; l < W; ++l) out[n * W + l] = (w.exec() >> l & 1) != 0 ? sums[n][l] : out[n * W + l];
  }
  return after(i);
}

VALU(v_lerp_u8, u32, (u32 a, u32 b, u32 c)) {
  u32 result = 0;
  for (unsigned n = 0; n < 4; ++n) result |= ((byte_of(a, n) + byte_of(b, n) + (byte_of(c, n) & 1)) >> 1) << (8 * n);
  return result;
}

}  // namespace
}  // namespace cw::amd
