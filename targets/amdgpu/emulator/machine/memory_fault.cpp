#include "emulator/machine/memory_fault.hpp"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>

namespace cw::amd {
namespace {

struct Guard {
  sigjmp_buf target;
  u64 address;
  Guard* previous;
};

constexpr int kSignals[] = {SIGSEGV, SIGBUS};
struct sigaction previous_actions[2];

// initial-exec: the handler must not allocate to find its thread's variable.
[[gnu::tls_model("initial-exec")]] thread_local Guard* current_guard = nullptr;

void call_previous(int signal, siginfo_t* info, void* context) {
  const struct sigaction& action = previous_actions[signal == SIGSEGV ? 0 : 1];
  if ((action.sa_flags & SA_SIGINFO) != 0) return action.sa_sigaction(signal, info, context);
  if (action.sa_handler == SIG_IGN && info->si_code <= 0) return;  // sent by someone, and ignored
  if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) return action.sa_handler(signal);
  struct sigaction fallback = {};
  fallback.sa_handler = SIG_DFL;
  sigaction(signal, &fallback, nullptr);
  if (info->si_code <= 0) raise(signal);  // a fault happens again by itself when the handler returns
}

void on_signal(int signal, siginfo_t* info, void* context) {
  Guard* guard = current_guard;
  if (guard == nullptr || info->si_code <= 0) return call_previous(signal, info, context);
  guard->address = reinterpret_cast<u64>(info->si_addr);
  siglongjmp(guard->target, 1);
}

void install_handlers() {
  for (int n = 0; n < 2; ++n) {
    struct sigaction action = {};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(kSignals[n], &action, &previous_actions[n]);
  }
}

}  // namespace

bool run_guarded(void (*body)(void*), void* argument, u64* address) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handlers);
  Guard guard;
  guard.previous = current_guard;
  if (sigsetjmp(guard.target, 0) != 0) {
    current_guard = guard.previous;
    *address = guard.address;
    return false;
  }
  current_guard = &guard;
  body(argument);
  current_guard = guard.previous;
  return true;
}

}  // namespace cw::amd
