// Operands of vector instructions, lane by lane: where they come from, and what modifiers make of them.
#pragma once

#include <type_traits>

#include "emulator/machine/exchange.hpp"
#include "emulator/machine/wave.hpp"

namespace cw::amd {

template <typename T>
constexpr bool is_raw = false;
template <typename T>
constexpr bool is_raw<Raw<T>> = true;
template <typename T>
constexpr bool is_pair = false;
template <typename T>
constexpr bool is_pair<Pair<T>> = true;
template <typename T>
constexpr bool is_kept = false;
template <typename T>
constexpr bool is_kept<Keep<T>> = true;

template <typename T>
constexpr bool is_float = std::is_same_v<T, f16> || std::is_same_v<T, f32> || std::is_same_v<T, f64> || std::is_same_v<T, bf16>;

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
  if constexpr (sizeof(T) == 8) return bits<T>(low | u64{high} << 32);
  if constexpr (sizeof(T) == 4) return bits<T>(low);
  if constexpr (sizeof(T) == 2) return bits<T>(static_cast<u16>(low));
}

// An operand without modifiers: a vector register is read in place, anything else is spread over the lanes first.
template <typename T, unsigned W>
struct PlainSource {
  const u32* low;
  const u32* high;
  alignas(64) u32 spread[sizeof(T) == 8 ? 2 * W : W];

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
  PlainSource(Wave& w, const Operand& o) : mask(o.kind == Kind::kSgpr ? w.mask(o.index) : scalar_value(w, o, W == 64)) {}
  [[gnu::always_inline]] bool get(unsigned l) const { return mask >> l & 1; }
};

// Parameters that are no operands.
template <unsigned W>
struct PlainSource<Clamp, W> {
  PlainSource(Wave&, const Operand&) {}
  [[gnu::always_inline]] Clamp get(unsigned) const { return {false}; }
};

template <unsigned W>
struct PlainSource<Lane, W> {
  PlainSource(Wave&, const Operand&) {}
  [[gnu::always_inline]] Lane get(unsigned l) const { return {l}; }
};

template <typename T>
inline T flushed(T value) {
  if constexpr (std::is_same_v<T, f32>)
    return (bits<u32>(value) & 0x7f800000u) == 0 ? bits<f32>(bits<u32>(value) & 0x80000000u) : value;
  if constexpr (std::is_same_v<T, f64>)
    return (bits<u64>(value) >> 52 & 0x7ff) == 0 ? bits<f64>(bits<u64>(value) >> 63 << 63) : value;
  if constexpr (std::is_same_v<T, f16>)
    return (bits<u16>(value) & 0x7c00u) == 0 ? bits<f16>(static_cast<u16>(bits<u16>(value) & 0x8000u)) : value;
  return value;
}

template <typename T>
inline bool flushes(const Wave& w) {
  if constexpr (std::is_same_v<T, f32>) return w.flushes_f32();
  if constexpr (std::is_same_v<T, f64> || std::is_same_v<T, f16>) return w.flushes_f64();
  return false;
}

template <typename... T>
inline bool needs_flush(const Wave& w) {
  return (flushes<T>(w) || ...);
}

template <typename T>
inline T with_sign(T value, bool absolute, bool negate) {
  using Bits = std::conditional_t<sizeof(T) == 8, u64, std::conditional_t<sizeof(T) == 4, u32, u16>>;
  constexpr Bits kSign = static_cast<Bits>(Bits{1} << (8 * sizeof(T) - 1));
  Bits b = bits<Bits>(value);
  if (absolute) b = static_cast<Bits>(b & ~kSign);
  if (negate) b = static_cast<Bits>(b ^ kSign);
  return bits<T>(b);
}

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

// Packed operands: the halves that op_sel and op_sel_hi choose.
inline u32 packed_halves(const Instruction& i, unsigned n, u32 value) {
  const u32 low = (i.op_sel >> n & 1) != 0 ? value >> 16 : value & 0xffff;
  const u32 high = (i.op_sel_hi >> n & 1) != 0 ? value & 0xffff0000u : value << 16;
  return low | high;
}

// An operand with all its modifiers, computed before the instruction starts.
template <typename T, unsigned W>
struct ModifiedSource {
  T values[W];
  ModifiedSource(Wave& w, const Instruction& i, unsigned n) {
    const Operand& o = i.source[n];
    PlainSource<std::conditional_t<sizeof(T) == 8, u64, u32>, W> plain(w, o);
    alignas(64) u32 moved[2][W];
    const bool moves = n == 0 && i.exchange != Exchange::kNone && o.kind == Kind::kVgpr;
    if (moves) {
      exchange<W>(w, i, plain.low, moved[0]);
      if constexpr (sizeof(T) == 8) exchange<W>(w, i, plain.high, moved[1]);
    }
    const u32* low = moves ? moved[0] : plain.low;
    const u32* high = moves ? moved[1] : plain.high;
    for (unsigned l = 0; l < W; ++l) {
      u32 value = low[l];
      if (o.select != 6) value = selected(value, o.select, o.extend);
      if (sizeof(T) == 2 && o.high) value >>= 16;
      if constexpr (is_pair<T> && sizeof(T) == 4) value = packed_halves(i, n, value);
      T typed = join<T>(value, sizeof(T) == 8 ? high[l] : 0);
      if constexpr (is_float<T>) {
        typed = with_sign(typed, o.absolute, o.negate);
        if (flushes<T>(w)) typed = flushed(typed);
      }
      if constexpr (is_raw<T>) typed = with_sign(typed, o.absolute, o.negate);
      values[l] = typed;
    }
  }
  [[gnu::always_inline]] T get(unsigned l) const { return values[l]; }
};

template <unsigned W>
struct ModifiedSource<bool, W> : PlainSource<bool, W> {
  ModifiedSource(Wave& w, const Instruction& i, unsigned n) : PlainSource<bool, W>(w, i.source[n]) {}
};

template <unsigned W>
struct ModifiedSource<Clamp, W> {
  bool on;
  ModifiedSource(Wave&, const Instruction& i, unsigned) : on(i.clamp) {}
  [[gnu::always_inline]] Clamp get(unsigned) const { return {on}; }
};

template <unsigned W>
struct ModifiedSource<Lane, W> : PlainSource<Lane, W> {
  ModifiedSource(Wave& w, const Instruction& i, unsigned n) : PlainSource<Lane, W>(w, i.source[n]) {}
};

// What happens to a result before it is written: multiplier, clamp, flushing.
template <typename R>
inline R finish(const Wave& w, const Instruction& i, R value) {
  if constexpr (is_float<R> && !std::is_same_v<R, bf16>) {
    if (flushes<R>(w)) value = flushed(value);
    if (i.output_modifier == 1) value = value * R(2);
    if (i.output_modifier == 2) value = value * R(4);
    if (i.output_modifier == 3) value = value * R(0.5);
    // The comparison is false for NaN: with DX10_CLAMP, which is on, it becomes 0.
    if (i.clamp) value = value > R(0) ? (value < R(1) ? value : R(1)) : R(0);
  }
  return value;
}

// Integer clamp is the record's own (it saturates): records ask `i.clamp`.

// Where a result goes: the active lanes of a register, a pair, or half of one. `Plain`: without DPP and SDWA.
template <typename R, unsigned W, bool Plain>
struct Result {
  u32* low;
  u64 exec;
  bool whole;  // 16-bit results: the other half becomes 0
  unsigned shift;
  u8 select, unused;

  Result(Wave& w, const Instruction& i)
      : low(w.vgpr + u64{i.destination.index} * W),
        exec(Plain ? w.exec() : w.exec() & exchange_writes<W>(w, i)),
        whole(!w.program->arch().is_rdna() && !is_kept<R>),
        shift(i.destination.high ? 16 : 0),
        select(i.select),
        unused(i.unused) {}
  u32 active(unsigned part) const { return static_cast<u32>(exec >> part); }

  [[gnu::always_inline]] void set(unsigned l, bool on, R value) {
    if constexpr (sizeof(R) == 8) {
      const u64 b = bits<u64>(value);
      low[l] = on ? static_cast<u32>(b) : low[l];
      low[W + l] = on ? static_cast<u32>(b >> 32) : low[W + l];
    } else if constexpr (sizeof(R) == 4) {
      const u32 b = bits<u32>(value);
      low[l] = on ? placed(b, low[l]) : low[l];
    } else {
      const u32 b = bits<u16>(value);
      const u32 kept = whole && shift == 0 ? 0 : low[l] & (0xffffu << (16 - shift));
      low[l] = on ? (Plain || select == 6 ? kept | b << shift : placed(b, low[l])) : low[l];
    }
  }

 private:
  // SDWA: the result in its part of the register.
  [[gnu::always_inline]] u32 placed(u32 value, u32 old) const {
    if (Plain || select == 6) return value;
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
