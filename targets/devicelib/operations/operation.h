// How a device library defines an operation. The sources in this folder need no processor of their own: targets whose code
// generator does not know the operations compile them into their libraries.
#pragma once

#include <stdint.h>

// Defines a function whose symbol is `label`, e.g. CW_DEFINE("__nvvm.prmt", uint32_t, prmt, (uint32_t a, ...)) { ... }
#define CW_DEFINE(label, result, name, parameters)  \
  extern "C" result name parameters __asm__(label); \
  extern "C" result name parameters

#define CW_INLINE [[gnu::always_inline]] static inline

namespace cw {

template <class To, class From>
CW_INLINE To bit_cast(From value) {
  static_assert(sizeof(To) == sizeof(From));
  return __builtin_bit_cast(To, value);
}

}  // namespace cw
