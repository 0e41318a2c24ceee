#include "emulator/decode/encodings.hpp"

namespace cw::amd {
namespace {

template <Format F>
void decode_segment(Decoding& d) {
  d.out.format = F;
  decode_flat(d);
}

// The opcode field begins the format's name; narrower prefixes come before the wider ones that they are part of.
constexpr Encoding kShort[] = {
    {0xff800000, 0xbe800000, Table::kSop1, 8, 8, 1, decode_sop1},  {0xff800000, 0xbf000000, Table::kSopc, 16, 7, 1, decode_sopc},
    {0xff800000, 0xbf800000, Table::kSopp, 16, 7, 1, decode_sopp}, {0xf0000000, 0xb0000000, Table::kSopk, 23, 5, 1, decode_sopk},
    {0xc0000000, 0x80000000, Table::kSop2, 23, 7, 1, decode_sop2}, {0xfe000000, 0x7e000000, Table::kVop1, 9, 8, 1, decode_vop1},
    {0xfe000000, 0x7c000000, Table::kVopc, 17, 8, 1, decode_vopc}, {0x80000000, 0x00000000, Table::kVop2, 25, 6, 1, decode_vop2},
};
constexpr Encoding kGfx9[] = {
    {0xfc000000, 0xc0000000, Table::kSmem, 18, 8, 2, decode_smem},
    {0xff800000, 0xd3800000, Table::kVop3p, 16, 7, 2, decode_vop3p},
    {0xfc000000, 0xd0000000, Table::kVop3, 16, 10, 2, decode_vop3},
    {0xfc000000, 0xd8000000, Table::kDs, 17, 8, 2, decode_ds},
    {0xfc00c000, 0xdc000000, Table::kFlat, 18, 7, 2, decode_segment<Format::kFlat>},
    {0xfc00c000, 0xdc004000, Table::kScratch, 18, 7, 2, decode_segment<Format::kScratch>},
    {0xfc00c000, 0xdc008000, Table::kGlobal, 18, 7, 2, decode_segment<Format::kGlobal>},
    {0xfc000000, 0xe0000000, Table::kMubuf, 18, 7, 2, decode_buffer},
    {0xfc000000, 0xe8000000, Table::kMtbuf, 15, 4, 2, decode_buffer},
};
constexpr Encoding kGfx10[] = {
    {0xfc000000, 0xf4000000, Table::kSmem, 18, 8, 2, decode_smem},
    {0xff800000, 0xcc000000, Table::kVop3p, 16, 7, 2, decode_vop3p},
    {0xfc000000, 0xd4000000, Table::kVop3, 16, 10, 2, decode_vop3},
    {0xfc000000, 0xd8000000, Table::kDs, 18, 8, 2, decode_ds},
    {0xfc00c000, 0xdc000000, Table::kFlat, 18, 7, 2, decode_segment<Format::kFlat>},
    {0xfc00c000, 0xdc004000, Table::kScratch, 18, 7, 2, decode_segment<Format::kScratch>},
    {0xfc00c000, 0xdc008000, Table::kGlobal, 18, 7, 2, decode_segment<Format::kGlobal>},
    {0xfc000000, 0xe0000000, Table::kMubuf, 18, 8, 2, decode_buffer},
    {0xfc000000, 0xe8000000, Table::kMtbuf, 16, 3, 2, decode_buffer},
};
constexpr Encoding kGfx11[] = {
    {0xfc000000, 0xf4000000, Table::kSmem, 18, 8, 2, decode_smem},
    {0xff800000, 0xcc000000, Table::kVop3p, 16, 7, 2, decode_vop3p},
    {0xfc000000, 0xd4000000, Table::kVop3, 16, 10, 2, decode_vop3},
    {0xfc000000, 0xd8000000, Table::kDs, 18, 8, 2, decode_ds},
    {0xfc030000, 0xdc000000, Table::kFlat, 18, 7, 2, decode_segment<Format::kFlat>},
    {0xfc030000, 0xdc010000, Table::kScratch, 18, 7, 2, decode_segment<Format::kScratch>},
    {0xfc030000, 0xdc020000, Table::kGlobal, 18, 7, 2, decode_segment<Format::kGlobal>},
    {0xfc000000, 0xe0000000, Table::kMubuf, 18, 8, 2, decode_buffer},
    {0xfc000000, 0xe8000000, Table::kMtbuf, 15, 4, 2, decode_buffer},
};
constexpr Encoding kGfx12[] = {
    {0xfc000000, 0xf4000000, Table::kSmem, 13, 6, 2, decode_smem},
    {0xff800000, 0xcc000000, Table::kVop3p, 16, 7, 2, decode_vop3p},
    {0xfc000000, 0xd4000000, Table::kVop3, 16, 10, 2, decode_vop3},
    {0xfc000000, 0xd8000000, Table::kDs, 18, 8, 2, decode_ds},
    {0xff000000, 0xec000000, Table::kFlat, 14, 8, 3, decode_segment<Format::kFlat>},
    {0xff000000, 0xed000000, Table::kScratch, 14, 8, 3, decode_segment<Format::kScratch>},
    {0xff000000, 0xee000000, Table::kGlobal, 14, 8, 3, decode_segment<Format::kGlobal>},
    {0xfc000000, 0xc4000000, Table::kMubuf, 14, 8, 3, decode_buffer},
};

template <size_t N>
const Encoding* find(const Encoding (&encodings)[N], u32 first) {
  for (const Encoding& e : encodings) {
    if ((first & e.mask) == e.value) return &e;
  }
  return nullptr;
}

}  // namespace

const Encoding* find_encoding(Isa isa, u32 first) {
  if (const Encoding* found = find(kShort, first)) return found;
  switch (isa) {
    case Isa::kGfx10:
      return find(kGfx10, first);
    case Isa::kGfx11:
      return find(kGfx11, first);
    case Isa::kGfx12:
      return find(kGfx12, first);
    default:
      return find(kGfx9, first);
  }
}

}  // namespace cw::amd
