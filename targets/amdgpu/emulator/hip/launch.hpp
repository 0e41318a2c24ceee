// Launches: checked, their arguments packed, and put in a stream.
#pragma once

#include "emulator/hip/module.hpp"

namespace cw::amdhip {

struct Shape {
  unsigned grid[3];   // blocks
  unsigned block[3];  // threads
  unsigned dynamic_lds;
  bool cooperative;
};

// One pointer a parameter, or HIP's tagged list with all of them packed.
struct Arguments {
  void** pointers;
  void** extra;
};

Error launch(Function& function, const Shape& shape, void* stream, const Arguments& arguments);

}  // namespace cw::amdhip
