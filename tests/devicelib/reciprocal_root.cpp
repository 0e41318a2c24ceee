// Tries every f32 of [1, 4) with every estimate within 1 ulp: prints how many refined results, and how many results of the library,
// are not correctly rounded.
#include <stdio.h>

#include "math/roots.cpp"

int main() {
  long refined = 0, results = 0;
  for (uint32_t b = 0x3f800000; b < 0x40800000; ++b) {
    float x = cw::from_bits<float>(b), expected = static_cast<float>(1 / __builtin_sqrt(static_cast<double>(x)));
    uint32_t nearest = cw::bits(expected);
    results += rsqrt_f32(x) != expected;
    for (uint32_t y = nearest - 1; y <= nearest + 1; ++y)
      refined += cw::refine_inverse_root(x, cw::from_bits<float>(y)) != expected;
  }
  printf("%ld %ld\n", refined, results);
}
