#include "emulator/machine/memory_fault.hpp"

#include <pthread.h>
#include <signal.h>

#include "core/signal_guard.hpp"

namespace cw::amd {

bool run_guarded(void (*body)(void*), void* argument, u64* address) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, [] { guard_against({SIGSEGV, SIGBUS}); });
  Departure why;
  if (cw::run_guarded(body, argument, &why)) return true;
  *address = reinterpret_cast<u64>(why.address);
  return false;
}

}  // namespace cw::amd
