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

// The body of an entry point about a handle: `use` of the object `found` for it, or `missing` where that is null.
template <typename Object, typename Use>
int answer_about(Object* found, Error missing, Use use) {
  return remember(found != nullptr ? use(*found) : missing);
}

}  // namespace cw::amdhip
