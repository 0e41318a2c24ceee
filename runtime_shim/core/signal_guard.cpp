#include "core/signal_guard.hpp"

#include <setjmp.h>
#include <signal.h>

#include <cstdlib>

namespace cw {
namespace {

struct Guard {
  sigjmp_buf target;
  Departure why;
  Guard* previous;
};

struct sigaction previous_actions[NSIG];

// initial-exec: the handler must not allocate to find its thread's variable.
[[gnu::tls_model("initial-exec")]] thread_local Guard* current_guard = nullptr;

[[noreturn]] void jump_out(const Departure& why) {
  Guard* guard = current_guard;
  guard->why = why;
  siglongjmp(guard->target, 1);
}

void call_previous(int signal, siginfo_t* info, void* context) {
  const struct sigaction& action = previous_actions[signal];
  if ((action.sa_flags & SA_SIGINFO) != 0) return action.sa_sigaction(signal, info, context);
  if (action.sa_handler == SIG_IGN && info->si_code <= 0) return;  // sent by someone, and ignored
  if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) return action.sa_handler(signal);
  struct sigaction fallback = {};
  fallback.sa_handler = SIG_DFL;
  sigaction(signal, &fallback, nullptr);
  if (info->si_code <= 0) raise(signal);  // a fault happens again by itself when the handler returns
}

void on_signal(int signal, siginfo_t* info, void* context) {
  if (current_guard == nullptr || info->si_code <= 0) return call_previous(signal, info, context);
  jump_out(Departure{signal, 0, info->si_addr});
}

}  // namespace

void guard_against(std::initializer_list<int> signals) {
  for (const int signal : signals) {
    struct sigaction action = {};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, &previous_actions[signal]);
  }
}

bool run_guarded(void (*body)(void*), void* argument, Departure* why) {
  Guard guard;
  guard.previous = current_guard;
  if (sigsetjmp(guard.target, 0) != 0) {
    current_guard = guard.previous;
    *why = guard.why;
    return false;
  }
  current_guard = &guard;
  body(argument);
  current_guard = guard.previous;
  return true;
}

void leave_guarded(int code) {
  if (current_guard == nullptr) std::abort();  // nothing to leave
  jump_out(Departure{0, code, nullptr});
}

}  // namespace cw
