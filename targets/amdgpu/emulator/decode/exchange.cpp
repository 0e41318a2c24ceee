// The dwords behind VOP instructions that say DPP or SDWA.
#include "emulator/decode/decoding.hpp"

namespace cw::amd {

bool has_extra_dword(const Decoding& d, u32 source0) {
  if (source0 == kDpp16) return true;
  if (source0 == kSdwa) return d.isa <= Isa::kGfx10;
  return !d.is_gfx9() && (source0 == kDpp8 || source0 == kDpp8Fetch);
}

void decode_exchange(Decoding& d, u32 source0, u32 extra, bool modifiers) {
  Instruction& i = d.out;
  if (source0 != kDpp16) {
    i.exchange = Exchange::kDpp8;
    i.lanes = extra >> 8;
    i.fetch_inactive = source0 == kDpp8Fetch;
    return;
  }
  i.exchange = Exchange::kDpp16;
  i.lanes = extra >> 8 & 0x1ff;
  i.fetch_inactive = !d.is_gfx9() && (extra >> 18 & 1);
  i.bound_control = extra >> 19 & 1;
  i.bank_mask = extra >> 24 & 15;
  i.row_mask = extra >> 28 & 15;
  if (!modifiers) return;
  for (unsigned n = 0; n < 2; ++n) {
    i.source[n].negate = extra >> (20 + 2 * n) & 1;
    i.source[n].absolute = extra >> (21 + 2 * n) & 1;
  }
}

namespace {

// One operand's byte of the SDWA dword: part, extension, modifiers, and whether it is a scalar register.
void sdwa_source(Decoding& d, unsigned n, u32 number, u32 byte) {
  Operand& o = d.out.source[n];
  o = byte >> 7 & 1 ? source_operand(d, number, n) : vgpr(number);
  o.select = byte & 7;
  o.extend = byte >> 3 & 1;
  o.negate = byte >> 4 & 1;
  o.absolute = byte >> 5 & 1;
}

}  // namespace

void decode_sdwa(Decoding& d, u32 extra) {
  const bool compare = d.out.format == Format::kVopc;
  if (compare) {
    const bool named = extra >> 15 & 1;
    const bool exec = d.out.scalar_destination.index == kExecLo;
    if (named && !exec) d.out.scalar_destination = scalar_register(d, extra >> 8 & 127);
  } else {
    d.out.select = extra >> 8 & 7;
    d.out.unused = extra >> 11 & 3;
    d.out.clamp = extra >> 13 & 1;
    d.out.output_modifier = extra >> 14 & 3;
  }
  const u32 second = d.out.source[1].index;
  const bool has_second = d.out.source[1].kind != Kind::kNone;
  sdwa_source(d, 0, extra & 0xff, extra >> 16 & 0xff);
  if (has_second) sdwa_source(d, 1, second, extra >> 24 & 0xff);
}

}  // namespace cw::amd
