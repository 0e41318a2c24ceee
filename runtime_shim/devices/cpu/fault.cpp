#include "devices/cpu/fault.hpp"

#include <pthread.h>
#include <signal.h>

#include <cstdlib>

#include "core/allocated.hpp"
#include "core/signal_guard.hpp"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace cw::cpu {
namespace {

constexpr size_t kSignalStack = 64 << 10;

thread_local void* signal_stack = nullptr;

cudaError_t error_of(const Departure& why) {
  if (why.signal == 0) return static_cast<cudaError_t>(why.code);
  return why.signal == SIGSEGV || why.signal == SIGBUS ? cudaErrorIllegalAddress : cudaErrorLaunchFailure;
}

}  // namespace

void prepare_thread() {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, [] { guard_against({SIGSEGV, SIGBUS, SIGFPE, SIGILL}); });
  signal_stack = must_allocate(kSignalStack);
  stack_t stack = {};
  stack.ss_sp = signal_stack;
  stack.ss_size = kSignalStack;
  sigaltstack(&stack, nullptr);
#if defined(__x86_64__)
  _mm_setcsr(0x1f80);  // round to nearest, keep denormals, no floating-point traps
#endif
}

void release_thread() {
  stack_t off = {};
  off.ss_flags = SS_DISABLE;
  sigaltstack(&off, nullptr);
  std::free(signal_stack);
}

bool run_guarded(void (*body)(void*), void* argument, Fault* fault) {
  Departure why;
  if (cw::run_guarded(body, argument, &why)) return true;
  *fault = Fault{error_of(why), why.signal, why.address};
  return false;
}

void leave(cudaError_t error) { leave_guarded(error); }

}  // namespace cw::cpu
