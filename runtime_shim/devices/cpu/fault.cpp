#include "devices/cpu/fault.hpp"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "core/allocated.hpp"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace cw::cpu {
namespace {

struct Guard {
  sigjmp_buf target;
  Fault fault;
  Guard* previous;
};

constexpr size_t kSignalStack = 64 << 10;
constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
struct sigaction previous_actions[sizeof kSignals / sizeof kSignals[0]];

// initial-exec: the handler must not allocate to find its thread's variables.
[[gnu::tls_model("initial-exec")]] thread_local Guard* current_guard = nullptr;
[[gnu::tls_model("initial-exec")]] thread_local void* signal_stack = nullptr;

cudaError_t error_of(int signal) {
  return signal == SIGSEGV || signal == SIGBUS ? cudaErrorIllegalAddress : cudaErrorLaunchFailure;
}

[[noreturn]] void jump_out(const Fault& fault) {
  Guard* guard = current_guard;
  guard->fault = fault;
  siglongjmp(guard->target, 1);
}

void call_previous(int signal, siginfo_t* info, void* context) {
  struct sigaction* action = nullptr;
  for (size_t i = 0; i < sizeof kSignals / sizeof kSignals[0]; ++i) {
    if (kSignals[i] == signal) action = &previous_actions[i];
  }
  if ((action->sa_flags & SA_SIGINFO) != 0) return action->sa_sigaction(signal, info, context);
  if (action->sa_handler == SIG_IGN && info->si_code <= 0) return;  // sent by someone, and ignored
  if (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN) return action->sa_handler(signal);
  struct sigaction fallback = {};
  fallback.sa_handler = SIG_DFL;
  sigaction(signal, &fallback, nullptr);
  if (info->si_code <= 0) raise(signal);  // a fault happens again by itself when the handler returns
}

void on_signal(int signal, siginfo_t* info, void* context) {
  if (current_guard == nullptr || info->si_code <= 0) return call_previous(signal, info, context);
  jump_out(Fault{error_of(signal), signal, info->si_addr});
}

void install_handlers() {
  for (size_t i = 0; i < sizeof kSignals / sizeof kSignals[0]; ++i) {
    struct sigaction action = {};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(kSignals[i], &action, &previous_actions[i]);
  }
}

}  // namespace

void prepare_thread() {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handlers);
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
  Guard guard;
  guard.previous = current_guard;
  if (sigsetjmp(guard.target, 0) != 0) {
    current_guard = guard.previous;
    *fault = guard.fault;
    return false;
  }
  current_guard = &guard;
  body(argument);
  current_guard = guard.previous;
  return true;
}

void leave(cudaError_t error) {
  if (current_guard == nullptr) std::abort();  // device code outside a launch
  jump_out(Fault{error, 0, nullptr});
}

}  // namespace cw::cpu
