// Entries that are not implemented. Their parameters are not looked at, so they are defined without any.
#include "core/log.hpp"

#define CW_UNSUPPORTED(name)                             \
  extern "C" [[gnu::visibility("default")]] int name();  \
  extern "C" [[gnu::visibility("default")]] int name() { \
    constexpr int kNotSupported = 801;                   \
    cw::say_unsupported(#name);                          \
    return kNotSupported;                                \
  }
#include "driver_api/graphics.inc"
#include "driver_api/unsupported.inc"
