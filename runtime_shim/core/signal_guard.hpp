// Turns a signal of guarded code (a bad address, a trap) into a return instead of the end of the process.
#pragma once

#include <initializer_list>

namespace cw {

// What ended guarded code: a signal, or `leave_guarded`.
struct Departure {
  int signal = 0;                 // 0: `leave_guarded`
  int code = 0;                   // what that was given
  const void* address = nullptr;  // of the bad access, where the processor tells it
};

// From now on these signals end the guarded code that causes them. Those of any other code, and those that somebody sent, go to the
// handlers that the program had installed before. Call once.
void guard_against(std::initializer_list<int> signals);

// False when `body` ended early, as `why` says. Destructors of frames below are not run.
bool run_guarded(void (*body)(void*), void* argument, Departure* why);

// Ends the guarded code of this thread.
[[noreturn]] void leave_guarded(int code);

}  // namespace cw
