// Bad addresses of emulated code become the fault of its wave instead of the end of the process.
#pragma once

#include "emulator/machine/types.hpp"

namespace cw::amd {

// False when a SIGSEGV or SIGBUS of this thread ended `body`; `*address` is then the address that it accessed, 0 where the
// processor does not tell (addresses beyond 47 bits). Signals of any other code go to the handlers that the program had installed
// before.
bool run_guarded(void (*body)(void*), void* argument, u64* address);

}  // namespace cw::amd
