// A global that is there before any code runs and is never destroyed: kernels may still run while a program's destructors do.
#pragma once

namespace cw {

template <typename T>
union Immortal {
  constexpr Immortal() : value() {}
  ~Immortal() {}
  T value;
};

}  // namespace cw
