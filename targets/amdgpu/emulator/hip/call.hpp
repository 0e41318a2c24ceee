// What every entry point does around its own work.
#pragma once

#include "emulator/hip/abi.hpp"

namespace cw::amdhip {

// Keeps a failure for hipGetLastError and returns it.
int remember(Error error);

// The body of an entry point: a function that returns an Error.
template <typename Body>
int answer(Body body) {
  return remember(body());
}

}  // namespace cw::amdhip
