// Operand numbers to operands; constants in the type that the record asks for.
#include "emulator/decode/decoding.hpp"

namespace cw::amd {
namespace {

// 240 to 248: 0.5, -0.5, 1, -1, 2, -2, 4, -4, 1 / (2 pi), in each type's bits.
constexpr u64 kFloat64[] = {0x3fe0000000000000, 0xbfe0000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x4000000000000000,
                            0xc000000000000000, 0x4010000000000000, 0xc010000000000000, 0x3fc45f306dc9c882};
constexpr u32 kFloat32[] = {0x3f000000, 0xbf000000, 0x3f800000, 0xbf800000, 0x40000000,
                            0xc0000000, 0x40800000, 0xc0800000, 0x3e22f983};
constexpr u16 kFloat16[] = {0x3800, 0xb800, 0x3c00, 0xbc00, 0x4000, 0xc000, 0x4400, 0xc400, 0x3118};

// 16-bit operands: integers are sign-extended to the whole register, floats stand in its low half, and for integer types they are
// single precision.
u64 float_constant(u32 n, Type type) {
  switch (type) {
    case Type::kF64:
    case Type::kB64:
      return kFloat64[n];
    case Type::kF16:
    case Type::kPackedF16:
      return kFloat16[n];
    case Type::kBf16:
    case Type::kPackedBf16:
      return kFloat32[n] >> 16;
    case Type::kPackedF32:
      return kFloat32[n] | u64{kFloat32[n]} << 32;
    default:
      return kFloat32[n];
  }
}

u64 integer_constant(i32 value, Type type) {
  switch (type) {
    case Type::kF64:
    case Type::kB64:
      return static_cast<u64>(i64{value});
    case Type::kPackedF32:
      return static_cast<u32>(value) | u64{static_cast<u32>(value)} << 32;
    default:
      return static_cast<u32>(value);
  }
}

// A literal has 32 bits: the high half of a double, an integer's low half (extended by its sign for i64).
u64 literal_constant(u32 value, Type type, bool is_signed) {
  switch (type) {
    case Type::kF64:
      return u64{value} << 32;
    case Type::kB64:
      return is_signed ? static_cast<u64>(i64{static_cast<i32>(value)}) : value;
    case Type::kPackedF32:
      return value | u64{value} << 32;
    case Type::kB16:
    case Type::kF16:
    case Type::kBf16:
      return value & 0xffff;
    default:
      return value;
  }
}

Operand constant(u64 value) {
  Operand o;
  o.kind = Kind::kConstant;
  o.value = value;
  return o;
}

Operand special(Kind kind) {
  Operand o;
  o.kind = kind;
  return o;
}

// The number of a scalar register in enum ScalarRegister, or kScalarRegisters where there is none.
u32 canonical(Isa isa, u32 number) {
  const bool gfx9 = isa <= Isa::kGfx942;
  if (gfx9 && number >= 102 && number < 106) return kFlatScratchLo + number - 102;
  if (gfx9 && number == 125) return kScalarRegisters;
  if (isa >= Isa::kGfx11 && (number == 124 || number == 125)) return number == 124 ? kNull : kM0;
  return number < 128 ? number : static_cast<u32>(kScalarRegisters);
}

Operand invalid(Decoding& d) {
  d.valid = false;
  return {};
}

Operand special_source(Decoding& d, u32 number) {
  switch (number) {
    case 230:
    case 231:
      return d.isa >= Isa::kGfx11 ? sgpr(kFlatScratchLo + number - 230) : invalid(d);
    case 235:
      return special(Kind::kSharedBase);
    case 236:
      return special(Kind::kSharedLimit);
    case 237:
      return special(Kind::kPrivateBase);
    case 238:
      return special(Kind::kPrivateLimit);
    case 251:
      return special(Kind::kVccz);
    case 252:
      return special(Kind::kExecz);
    case 253:
      return special(Kind::kScc);
    default:
      return invalid(d);
  }
}

}  // namespace

Operand vgpr(u32 number) {
  Operand o;
  o.kind = Kind::kVgpr;
  o.index = static_cast<u16>(number);
  return o;
}

Operand sgpr(u32 number) {
  Operand o;
  o.kind = Kind::kSgpr;
  o.index = static_cast<u16>(number);
  return o;
}

Operand scalar_register(Decoding& d, u32 number) {
  const u32 index = canonical(d.isa, number);
  return index < kScalarRegisters ? sgpr(index) : invalid(d);
}

Operand literal_operand(Decoding& d, unsigned index) {
  if (!d.has_literal) d.literal = d.next_dword();
  d.has_literal = true;
  return constant(literal_constant(d.literal, d.type(index), d.opcode->contains("_i64")));
}

Operand source_operand(Decoding& d, u32 number, unsigned index) {
  const Type type = d.type(index);
  if (number >= kFirstVgpr) return vgpr(number - kFirstVgpr);
  if (number < 128) return scalar_register(d, number);
  if (number <= 192) return constant(integer_constant(static_cast<i32>(number) - 128, type));
  if (number <= 208) return constant(integer_constant(192 - static_cast<i32>(number), type));
  if (number >= 240 && number <= 248) return constant(float_constant(number - 240, type));
  if (number == kLiteral) return literal_operand(d, index);
  return special_source(d, number);
}

}  // namespace cw::amd
