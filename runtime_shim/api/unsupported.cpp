// Entries that are not implemented. Their parameters are not looked at, so they are defined without any.
#include <driver_types.h>

#include "core/log.hpp"
#include "core/thread_state.hpp"

#define CW_UNSUPPORTED(name)                                     \
  extern "C" [[gnu::visibility("default")]] cudaError_t name();  \
  extern "C" [[gnu::visibility("default")]] cudaError_t name() { \
    cw::say_unsupported(#name);                                  \
    return cw::record_error(cudaErrorNotSupported);              \
  }
#include "api/unsupported.inc"
