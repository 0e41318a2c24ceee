#include <cstdio>

#include "sizes.hpp"
#include "sums.hpp"

int main() {
  const int sum = sum_of_squares(VALUES), expected = (VALUES - 1) * VALUES * (2 * VALUES - 1) / 6;
  std::printf("%d\n", sum);
  return sum != expected;
}
