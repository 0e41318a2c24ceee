#include "core/signal_guard.hpp"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>

#include <atomic>
#include <cstdlib>

namespace cw {
namespace {

struct Guard {
  sigjmp_buf target;
  Departure why;
  Guard* previous;
};

struct sigaction previous_actions[NSIG];

// Where each thread's innermost guard is kept. A handler must not allocate to find it, as it might for a thread_local variable of a
// library that was loaded later; and one with storage set aside (initial-exec) would bound how many modules with kernels a process
// loads. Made when it is first asked for, which a static initialiser may do; there is always a first call before a signal's.
pthread_key_t innermost_key() {
  static const pthread_key_t key = [] {
    pthread_key_t made = 0;
    if (pthread_key_create(&made, nullptr) != 0) std::abort();  // more than a thousand in this process
    return made;
  }();
  return key;
}

// As late as a module can: when it is unloaded, its key is free for the next one. Code that still runs then is not guarded.
std::atomic<bool> key_released{false};
[[gnu::destructor(101)]] void release_key() {
  const pthread_key_t key = innermost_key();
  key_released = true;
  pthread_key_delete(key);
}

Guard* innermost() { return key_released ? nullptr : static_cast<Guard*>(pthread_getspecific(innermost_key())); }

void set_innermost(Guard* guard) {
  if (!key_released) pthread_setspecific(innermost_key(), guard);
}

[[noreturn]] void jump_out(const Departure& why) {
  Guard* guard = innermost();
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
  if (innermost() == nullptr || info->si_code <= 0) return call_previous(signal, info, context);
  jump_out(Departure{signal, 0, info->si_addr});
}

}  // namespace

void guard_against(std::initializer_list<int> signals) {
  innermost_key();
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
  guard.previous = innermost();
  if (sigsetjmp(guard.target, 0) != 0) {
    set_innermost(guard.previous);
    *why = guard.why;
    return false;
  }
  set_innermost(&guard);
  body(argument);
  set_innermost(guard.previous);
  return true;
}

void leave_guarded(int code) {
  if (innermost() == nullptr) std::abort();  // nothing to leave
  jump_out(Departure{0, code, nullptr});
}

}  // namespace cw
