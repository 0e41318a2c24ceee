// Turns a fault of device code (a bad address, a trap, a failed assertion) into an error instead of the end of the process.
//
// Code runs inside `run_guarded`. A SIGSEGV, SIGBUS, SIGFPE or SIGILL of that thread jumps back out of it; signals of any other
// code go to the handlers that the program had installed before.
#pragma once

#include <driver_types.h>

namespace cw::cpu {

struct Fault {
  cudaError_t error = cudaSuccess;
  int signal = 0;                 // 0: not caused by a signal
  const void* address = nullptr;  // of the bad access, where there is one
};

// Installs the handlers (once) and this thread's signal stack, so that a stack overflow can be caught too; sets the floating-point
// control word that device code expects. Call at the start of a thread that runs device code.
void prepare_thread();
void release_thread();

// False when `body` ended by a fault, described in `fault`. Destructors of frames below are not run.
bool run_guarded(void (*body)(void*), void* argument, Fault* fault);

// Ends the guarded code of this thread with `error`.
[[noreturn]] void leave(cudaError_t error);

}  // namespace cw::cpu
