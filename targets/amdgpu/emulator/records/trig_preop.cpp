// 53 bits of 2/pi for the reduction of large angles (Payne and Hanek): which ones depends on the angle's exponent.
#include "emulator/machine/floats.hpp"
#include "emulator/machine/vector_alu.hpp"

namespace cw::amd {
namespace {

constexpr int kBits = 1201;  // that AMD's instruction knows
// 2/pi = 0.a2f9836e..., the first word holding the first bits.
constexpr u64 kTwoByPi[] = {
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
    0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
    0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab,
};

u64 bit_of_two_by_pi(int place) { return place < kBits ? kTwoByPi[place / 64] >> (63 - place % 64) & 1 : 0; }
u64 bits_of_two_by_pi(int first, int count) {
  u64 found = 0;
  for (int n = 0; n < count; ++n) found = found << 1 | bit_of_two_by_pi(first + n);
  return found;
}

f64 power_of_two(int exponent) { return bits<f64>(static_cast<u64>(exponent + 1023) << 52); }

// `segment`: which 53 bits, counted from those that matter first. Large angles get their part of 2/pi scaled up by 2^128.
VALU(v_trig_preop_f64, f64, (f64 angle, u32 segment)) {
  const int exponent = exponent_field(angle);
  const int first = static_cast<int>(segment & 31) * 53 + (exponent > 1077 ? exponent - 1077 : 0);
  if (first >= kBits) return 0.0;
  const int scale = -53 - first + (exponent >= 1968 ? 128 : 0);
  const f64 part = static_cast<f64>(bits_of_two_by_pi(first, 53));
  return scale < -1022 ? part * power_of_two(-969) * power_of_two(scale + 969) : part * power_of_two(scale);
}

}  // namespace
}  // namespace cw::amd
