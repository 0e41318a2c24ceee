// Buffer instructions that convert: MUBUF by the descriptor's format, MTBUF by their own. Whole formats of 8, 16 and 32 bits a
// component, integer and floating-point; any other, and stores that would convert, stop the wave.
#include "emulator/machine/lane_operands.hpp"
#include "emulator/machine/record.hpp"
#include "emulator/records/memory_address.hpp"

namespace cw::amd {
namespace {

enum class Number : u8 { kUnsigned, kSigned, kFloat };

struct Typed {
  u32 bits, count;
  Number number;
  u32 bytes() const { return bits / 8 * count; }
};

struct Layout {
  u32 bits, count;
  u32 gfx9, gfx10,
      gfx11;  // gfx9: the data format; later the number of the unsigned format, which the signed and the float one follow
};
constexpr Layout kLayouts[] = {{8, 1, 1, 5, 5},     {16, 1, 2, 11, 11}, {8, 2, 3, 18, 18},   {32, 1, 4, 20, 20},
                               {16, 2, 5, 27, 27},  {8, 4, 10, 60, 46}, {32, 2, 11, 62, 48}, {16, 4, 12, 69, 55},
                               {32, 3, 13, 72, 58}, {32, 4, 14, 75, 61}};

// gfx9 numbers: 4 unsigned, 5 signed, 7 float.
bool find_gfx9(u32 data, u32 number, Typed* out) {
  for (const Layout& l : kLayouts) {
    if (l.gfx9 != data || number < 4 || number == 6 || number > 7) continue;
    *out = {l.bits, l.count, number == 4 ? Number::kUnsigned : number == 5 ? Number::kSigned : Number::kFloat};
    return out->number != Number::kFloat || l.bits > 8;
  }
  return false;
}

bool find_unified(Isa isa, u32 format, Typed* out) {
  for (const Layout& l : kLayouts) {
    const u32 first = isa == Isa::kGfx10 ? l.gfx10 : l.gfx11;
    if (format < first || format >= first + (l.bits > 8 ? 3 : 2)) continue;
    *out = {l.bits, l.count, static_cast<Number>(format - first)};
    return true;
  }
  return false;
}

// The format of MUBUF lies in the descriptor, that of MTBUF in the instruction.
bool find_format(const Wave& w, const Instruction& i, bool own, Typed* out) {
  const Isa isa = w.program->arch().isa;
  const u32 word = w.sgpr[i.source[1].index + 3], encoded = static_cast<u32>(i.immediate);
  if (isa >= Isa::kGfx10) return find_unified(isa, own ? encoded : word >> 12 & (isa == Isa::kGfx10 ? 127 : 63), out);
  return own ? find_gfx9(encoded & 15, encoded >> 4, out) : find_gfx9(word >> 15 & 15, word >> 12 & 7, out);
}

u32 component(const Typed& t, u64 at, u32 step, u32 n) {
  if (n >= t.count) return n < 3 ? 0 : t.number == Number::kFloat ? bits<u32>(1.0f) : 1;
  const u64 from = swizzled_byte(at, step, n * t.bits / 8);
  const bool is_signed = t.number == Number::kSigned;
  if (t.bits == 32) return read_place<u32>(from, step);
  if (t.number == Number::kFloat) return bits<u32>(static_cast<f32>(read_place<f16>(from, step)));
  if (t.bits == 16) return is_signed ? static_cast<u32>(i32{read_place<i16>(from, step)}) : read_place<u16>(from, step);
  return is_signed ? static_cast<u32>(i32{read_bytes<i8>(from)}) : read_bytes<u8>(from);
}

// The descriptor's choice for result `n`: constants 0 and 1, or a component.
u32 selected_component(const Typed& t, u32 select, u64 at, u32 step) {
  if (select == 1) return t.number == Number::kFloat ? bits<u32>(1.0f) : 1;
  return select < 4 ? 0 : component(t, at, step, select - 4);
}

template <unsigned N, bool own>
struct TypedLoad {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    Typed t{};
    if (!find_format(w, i, own, &t)) return stop(w, i, "a buffer format that is not emulated");
    Lanes<W> lanes;
    if (!find_buffer(w, i, {t.bytes(), Access::kLoad}, lanes)) return nullptr;
    const u32 selects = own ? 07654 : w.sgpr[i.source[1].index + 3] & 07777;
    u32* to = w.lane_values(i.destination.index);
    for (u32 n = 0; n < N; ++n) {
      const u32 select = selects >> (3 * n) & 7;
      each_of(lanes.active, [&](u32 l) { to[n * W + l] = selected_component(t, select, lanes.at[l], lanes.step); });
      each_of(lanes.absent, [&](u32 l) { to[n * W + l] = 0; });
    }
    return after(i);
  }
};

template <unsigned N, bool own>
struct TypedStore {
  template <unsigned W>
  static const Instruction* run(Wave& w, const Instruction& i) {
    Typed t{};
    const bool known = find_format(w, i, own, &t) && t.bits == 32 && t.count <= N;
    if (!known) return stop(w, i, "a store with a buffer format that is not emulated");
    if (!own && (w.sgpr[i.source[1].index + 3] & 07777) != 07654) return stop(w, i, "a store that moves components");
    Lanes<W> lanes;
    if (!find_buffer(w, i, {t.bytes(), Access::kStore}, lanes)) return nullptr;
    const u32* data = w.lane_values(i.source[2].index);
    for (u32 n = 0; n < t.count; ++n) {
      each_of(lanes.active,
              [&](u32 l) { write_place(swizzled_byte(lanes.at[l], lanes.step, 4 * n), lanes.step, data[n * W + l]); });
    }
    return after(i);
  }
};

#define CW_TYPED(name, ...) CW_ANNOUNCE(name, &__VA_ARGS__::run<32>, &__VA_ARGS__::run<64>)
#define TYPED(components, n)                                          \
  CW_TYPED("buffer_load_format_" #components, TypedLoad<n, false>);   \
  CW_TYPED("buffer_store_format_" #components, TypedStore<n, false>); \
  CW_TYPED("tbuffer_load_format_" #components, TypedLoad<n, true>);   \
  CW_TYPED("tbuffer_store_format_" #components, TypedStore<n, true>)

TYPED(x, 1);
TYPED(xy, 2);
TYPED(xyz, 3);
TYPED(xyzw, 4);

}  // namespace
}  // namespace cw::amd
