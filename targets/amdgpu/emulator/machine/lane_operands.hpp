// Operands of vector instructions, lane by lane: where they come from, and what modifiers make of them.
#pragma once

#include <type_traits>

#include "emulator/machine/exchange.hpp"
#include "emulator/machine/modifiers.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

// CW_EACH_LANE: no lane depends on another, so that the loop may be vectorised although the result may be one of the operands.
#define CW_EACH_LANE _Pragma("clang loop vectorize(assume_safety) interleave(enable)")

template <typename T>
constexpr bool is_raw = false;
template <typename T>
constexpr bool is_raw<Raw<T>> = true;
template <typename T>
constexpr bool is_kept = false;
template <typename T>
constexpr bool is_kept<Keep<T>> = true;

// A scalar operand's value: 32 bits, or 64 with `wide`.
inline u64 scalar_value(const Wave& w, const Operand& o, bool wide) {
  switch (o.kind) {
    case Kind::kSgpr:
      return wide ? w.wide(o.index) : w.sgpr[o.index];
    case Kind::kConstant:
      return o.value;
    case Kind::kScc:
      return w.scc;
    case Kind::kVccz:
      return w.mask(kVccLo) == 0;
    case Kind::kExecz:
      return w.mask(kExecLo) == 0;
    case Kind::kSharedBase:
      return wide ? kSharedAperture : kSharedAperture >> 32;
    case Kind::kPrivateBase:
      return wide ? kPrivateAperture : kPrivateAperture >> 32;
    case Kind::kSharedLimit:
      return wide ? kSharedAperture + 0xffffffffu : 0xffffffffu;
    case Kind::kPrivateLimit:
      return wide ? kPrivateAperture + 0xffffffffu : 0xffffffffu;
    default:
      return 0;
  }
}

// A value's bits from one or two registers.
template <typename T>
[[gnu::always_inline]] inline T join(u32 low, u32 high) {
  if constexpr (is_pair<T> && sizeof(T) == 8)
    return {bits<decltype(T::low)>(low), bits<decltype(T::low)>(high)};
  else if constexpr (sizeof(T) == 8)
    return bits<T>(low | u64{high} << 32);
  else if constexpr (sizeof(T) == 4)
    return bits<T>(low);
  else
    return bits<T>(static_cast<u16>(low));
}

// An operand without modifiers: a vector register is read in place, anything else is spread over the lanes first.
template <typename T, unsigned W>
struct PlainSource {
  const u32* low;
  const u32* high;
  alignas(64) u32 spread[sizeof(T) == 8 ? 2 * W : W];

  [[gnu::always_inline]] PlainSource(Wave& w, const Instruction& i, unsigned n) : PlainSource(w, i.source[n]) {}
  [[gnu::always_inline]] PlainSource(Wave& w, const Operand& o) {
    if (o.kind == Kind::kVgpr) {
      low = w.vgpr + u64{o.index} * W;
      high = low + W;
      return;
    }
    const u64 value = scalar_value(w, o, sizeof(T) == 8);
    for (unsigned l = 0; l < W; ++l) spread[l] = static_cast<u32>(value);
    if constexpr (sizeof(T) == 8) {
      for (unsigned l = 0; l < W; ++l) spread[W + l] = static_cast<u32>(value >> 32);
    }
    low = spread;
    high = spread + (sizeof(T) == 8 ? W : 0);
  }
  PlainSource(const PlainSource&) = delete;
  [[gnu::always_inline]] T get(unsigned l) const {
    if constexpr (sizeof(T) == 8) return join<T>(low[l], high[l]);
    return join<T>(low[l], 0);
  }
};

// A mask: one bit a lane.
template <unsigned W>
struct PlainSource<bool, W> {
  u64 mask;
  PlainSource(Wave& w, const Instruction& i, unsigned n) : mask(mask_of(w, i.source[n])) {}
  [[gnu::always_inline]] bool get(unsigned l) const { return mask >> l & 1; }

 private:
  static u64 mask_of(const Wave& w, const Operand& o) {
    return o.kind == Kind::kSgpr ? w.mask(o.index) : scalar_value(w, o, W == 64);
  }
};

// Parameters that are no operands.
template <unsigned W>
struct PlainSource<Vcc, W> {
  u64 mask;
  PlainSource(Wave& w, const Instruction&, unsigned) : mask(w.mask(kVccLo)) {}
  [[gnu::always_inline]] Vcc get(unsigned l) const { return {(mask >> l & 1) != 0}; }
};

template <unsigned W>
struct PlainSource<Old, W> {
  const u32* values;
  PlainSource(Wave& w, const Instruction& i, unsigned) : values(w.lane_values(i.destination.index)) {}
  [[gnu::always_inline]] Old get(unsigned l) const { return {values[l]}; }
};

template <unsigned W>
struct PlainSource<Clamp, W> {
  PlainSource(Wave&, const Instruction&, unsigned) {}
  [[gnu::always_inline]] Clamp get(unsigned) const { return {false}; }
};

template <unsigned W>
struct PlainSource<Lane, W> {
  PlainSource(Wave&, const Instruction&, unsigned) {}
  [[gnu::always_inline]] Lane get(unsigned l) const { return {l}; }
};

inline Mode common(const Wave& w, const Instruction&, Mode*) { return mode_of(w); }
inline OpSel common(const Wave&, const Instruction& i, OpSel*) { return {i.op_sel}; }
inline NegLow common(const Wave&, const Instruction& i, NegLow*) { return {i.neg_low}; }

template <typename T>
constexpr bool is_common = std::is_same_v<T, Mode> || std::is_same_v<T, OpSel> || std::is_same_v<T, NegLow>;

// What is the same for all lanes.
template <typename T, unsigned W>
  requires is_common<T>
struct PlainSource<T, W> {
  T value;
  PlainSource(Wave& w, const Instruction& i, unsigned) : value(common(w, i, static_cast<T*>(nullptr))) {}
  [[gnu::always_inline]] T get(unsigned) const { return value; }
};

// SDWA: the chosen byte or half of a register.
inline u32 selected(u32 value, u8 select, bool extend) {
  if (select < 4) {
    const u32 part = value >> (8 * select) & 0xff;
    return extend ? static_cast<u32>(static_cast<i32>(static_cast<i8>(part))) : part;
  }
  if (select < 6) {
    const u32 part = value >> (16 * (select - 4)) & 0xffff;
    return extend ? static_cast<u32>(static_cast<i32>(static_cast<i16>(part))) : part;
  }
  return value;
}

// An operand's two halves as the low and the high result take them.
template <typename T>
[[gnu::always_inline]] inline Pair<T> chosen_halves(Pair<T> value, bool high_for_low, bool high_for_high) {
  return {high_for_low ? value.high : value.low, high_for_high ? value.high : value.low};
}

// An operand with all its modifiers, computed before the instruction starts. Each step is a loop of its own that vectorises. A
// whole register that nothing changes is read in place.
template <typename T, unsigned W>
struct ModifiedSource {
  static constexpr bool kIsRegister = sizeof(T) == 4;
  using Stored = std::conditional_t<kIsRegister, u32, T>;
  alignas(64) Stored values[W];
  const Stored* at = values;

  ModifiedSource(Wave& w, const Instruction& i, unsigned n) {
    read(w, i, n);
    if constexpr (is_pair<T>)
      modify_pairs(w, i, n);
    else if constexpr (is_float<T> || is_raw<T>)
      modify(w, i, n);
  }
  ModifiedSource(const ModifiedSource&) = delete;
  [[gnu::always_inline]] T get(unsigned l) const { return loaded(at[l]); }

 private:
  [[gnu::always_inline]] static T loaded(Stored value) {
    if constexpr (kIsRegister)
      return join<T>(value, 0);
    else
      return value;
  }
  [[gnu::always_inline]] static Stored stored(T value) {
    if constexpr (kIsRegister)
      return bits<u32>(value);
    else
      return value;
  }

  template <typename Change>
  [[gnu::always_inline]] void each(Change change) {
    const Stored* from = at;
    CW_EACH_LANE
    for (unsigned l = 0; l < W; ++l) values[l] = stored(change(loaded(from[l])));
    at = values;
  }

  void read(Wave& w, const Instruction& i, unsigned n) {
    const Operand& o = i.source[n];
    const bool moves = n == 0 && i.exchange != Exchange::kNone && o.kind == Kind::kVgpr;
    if constexpr (kIsRegister) {
      if (o.kind == Kind::kVgpr && !moves && o.select == 6) {
        at = w.vgpr + u64{o.index} * W;
        return;
      }
    }
    copy(w, i, o, moves);
  }

  void copy(Wave& w, const Instruction& i, const Operand& o, bool moves) {
    const PlainSource<std::conditional_t<sizeof(T) == 8, u64, u32>, W> plain(w, o);
    alignas(64) u32 moved[2][W];
    if (moves) {
      exchange<W>(w, i, plain.low, moved[0]);
      if constexpr (sizeof(T) == 8) exchange<W>(w, i, plain.high, moved[1]);
    }
    const u32* low = moves ? moved[0] : plain.low;
    const u32* high = moves ? moved[1] : plain.high;
    if (sizeof(T) <= 4 && o.select != 6) {
      for (unsigned l = 0; l < W; ++l) values[l] = stored(join<T>(selected(low[l], o.select, o.extend), 0));
    } else {
      const unsigned shift = sizeof(T) == 2 && o.high ? 16 : 0;
      for (unsigned l = 0; l < W; ++l) values[l] = stored(join<T>(low[l] >> shift, sizeof(T) == 8 ? high[l] : 0));
    }
  }

  // Operands of packed instructions that are not packed themselves have their sign in neg_lo.
  void modify(const Wave& w, const Instruction& i, unsigned n) {
    const bool absolute = i.source[n].absolute;
    const bool negate = i.source[n].negate || (i.format == Format::kVop3p && (i.neg_low >> n & 1) != 0);
    if (absolute || negate) each([=](T value) { return with_sign(value, absolute, negate); });
    if constexpr (is_float<T>) {
      if (flushes_operands<T>(w)) each([](T value) { return flushed(value); });
    }
  }

  void modify_pairs(const Wave& w, const Instruction& i, unsigned n) {
    const bool low = i.op_sel >> n & 1, high = i.op_sel_hi >> n & 1;
    if (low || !high) each([=](T value) { return chosen_halves(value, low, high); });
    if constexpr (is_float<ElementOf<T>>) {
      const bool negate_low = i.neg_low >> n & 1, negate_high = i.neg_high >> n & 1;
      if (negate_low || negate_high) {
        each([=](T value) { return T{with_sign(value.low, false, negate_low), with_sign(value.high, false, negate_high)}; });
      }
      if (flushes_operands<T>(w)) each([](T value) { return T{flushed(value.low), flushed(value.high)}; });
    }
  }
};

// What no modifier changes.
template <typename T, unsigned W>
  requires is_common<T> || std::is_same_v<T, bool> || std::is_same_v<T, Vcc> || std::is_same_v<T, Old> || std::is_same_v<T, Lane>
struct ModifiedSource<T, W> : PlainSource<T, W> {
  using PlainSource<T, W>::PlainSource;
};

template <unsigned W>
struct ModifiedSource<Clamp, W> {
  bool on;
  ModifiedSource(Wave&, const Instruction& i, unsigned) : on(i.clamp) {}
  [[gnu::always_inline]] Clamp get(unsigned) const { return {on}; }
};

// Mixed precision: op_sel_hi says that an operand is half a register, op_sel which half; neg_lo negates and neg_hi takes the
// absolute value.
template <unsigned W>
struct ModifiedSource<Mixed, W> {
  alignas(64) f32 values[W];
  ModifiedSource(Wave& w, const Instruction& i, unsigned n) {
    const ModifiedSource<u32, W> raw(w, i, n);
    const bool half = i.op_sel_hi >> n & 1, high = i.op_sel >> n & 1;
    const bool flush = half ? flushes_operands<f16>(w) : flushes_operands<f32>(w);
    for (unsigned l = 0; l < W; ++l) {
      const f16 narrow = join<f16>(raw.get(l) >> (high ? 16 : 0), 0);
      f32 value = half ? widened(flush ? flushed(narrow) : narrow) : join<f32>(raw.get(l), 0);
      if (flush && !half) value = flushed(value);
      values[l] = with_sign(value, i.neg_high >> n & 1, i.neg_low >> n & 1);
    }
  }
  [[gnu::always_inline]] Mixed get(unsigned l) const { return {values[l]}; }
};
template <unsigned W>
struct PlainSource<Mixed, W> : ModifiedSource<Mixed, W> {
  using ModifiedSource<Mixed, W>::ModifiedSource;
};

// Integer clamp is the record's own (it saturates): records ask `i.clamp`.

// What may be between lanes and registers: nothing, DPP, or DPP and SDWA.
enum class Path { kPlain, kMoved, kAny };

template <unsigned W, Path P>
inline u64 written_lanes(const Wave& w, const Instruction& i) {
  return P == Path::kPlain ? w.exec() : w.exec() & exchange_writes<W>(w, i);
}

// Where a result goes: the active lanes of a register, a pair, or half of one.
template <typename R, unsigned W, Path P>
struct Result {
  u32* low;
  u64 exec;
  bool whole;  // 16-bit results: the other half becomes 0
  unsigned shift;
  u8 select, unused;

  Result(Wave& w, const Instruction& i)
      : low(w.vgpr + u64{i.destination.index} * W),
        exec(written_lanes<W, P>(w, i)),
        whole(!w.program->arch().is_rdna() && !is_kept<R>),
        shift(i.destination.high ? 16 : 0),
        select(i.select),
        unused(i.unused) {}

  // `on`: all ones where the lane is written, else 0.
  [[gnu::always_inline]] void set(unsigned l, u32 on, R value) {
    if constexpr (is_pair<R> && sizeof(R) == 8) {
      low[l] = chosen(on, bits<u32>(value.low), low[l]);
      low[W + l] = chosen(on, bits<u32>(value.high), low[W + l]);
    } else if constexpr (sizeof(R) == 8) {
      const u64 b = bits<u64>(value);
      low[l] = chosen(on, static_cast<u32>(b), low[l]);
      low[W + l] = chosen(on, static_cast<u32>(b >> 32), low[W + l]);
    } else if constexpr (sizeof(R) == 4) {
      low[l] = chosen(on, placed(bits<u32>(value), low[l]), low[l]);
    } else {
      const u32 b = bits<u16>(value);
      const u32 kept = whole && shift == 0 ? 0 : low[l] & (0xffffu << (16 - shift));
      low[l] = chosen(on, P != Path::kAny || select == 6 ? kept | b << shift : placed(b, low[l]), low[l]);
    }
  }

 private:
  // Not `?:`: the compiler makes a choice between two addresses of it, which does not vectorise.
  [[gnu::always_inline]] static u32 chosen(u32 on, u32 value, u32 old) { return (value & on) | (old & ~on); }

  // SDWA: the result in its part of the register.
  [[gnu::always_inline]] u32 placed(u32 value, u32 old) const {
    if (P != Path::kAny || select == 6) return value;
    const unsigned at = select < 4 ? 8 * select : 16 * (select - 4);
    const u32 ones = select < 4 ? 0xffu : 0xffffu;
    const u32 part = (value & ones) << at;
    if (unused == 2) return (old & ~(ones << at)) | part;
    const bool negative = value & (ones ^ ones >> 1);
    return part | (unused == 1 && negative ? ~((ones << at) | ((1u << at) - 1)) : 0);
  }
};

// A byte a lane to a bit a lane.
template <unsigned W>
inline u64 pack_mask(const u8 (&found)[W]) {
  using Bytes [[gnu::vector_size(32)]] = u8;
  using Bits [[clang::ext_vector_type(32)]] = bool;
  u64 mask = 0;
  for (unsigned part = 0; part < W; part += 32) {
    Bytes bytes;
    __builtin_memcpy(&bytes, found + part, 32);
    mask |= u64{bits<u32>(__builtin_convertvector(bytes, Bits))} << part;
  }
  return mask;
}

}  // namespace cw::amd
