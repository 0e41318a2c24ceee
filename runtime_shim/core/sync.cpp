#include "core/sync.hpp"

#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "core/allocated.hpp"

namespace cw {
namespace {

struct Start : Allocated {
  void (*body)(void*);
  void* argument;
};

void* run(void* raw) {
  Owned<Start> start(static_cast<Start*>(raw));
  start->body(start->argument);
  return nullptr;
}

// Process-directed signals belong to the program's own threads; faults of this thread must stay deliverable.
void block_foreign_signals(sigset_t* previous) {
  sigset_t all;
  sigfillset(&all);
  const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};
  for (int fault : faults) sigdelset(&all, fault);
  pthread_sigmask(SIG_BLOCK, &all, previous);
}

}  // namespace

bool start_thread(void (*body)(void*), void* argument, const char* name) {
  Owned<Start> start(new Start);
  start->body = body;
  start->argument = argument;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 8u << 20);
  sigset_t previous;
  block_foreign_signals(&previous);
  pthread_t thread;
  const bool started = pthread_create(&thread, &attributes, run, start.get()) == 0;
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  pthread_attr_destroy(&attributes);
  if (!started) return false;
  start.release();
  pthread_setname_np(thread, name);
  return true;
}

unsigned configured_threads(const char* variable) {
  constexpr long kMost = 1024;
  const char* text = getenv(variable);
  const long configured = text != nullptr ? strtol(text, nullptr, 10) : 0;
  if (configured > 0) return static_cast<unsigned>(configured < kMost ? configured : kMost);
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return static_cast<unsigned>(CPU_COUNT(&allowed));
  const long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<unsigned>(online) : 1;
}

}  // namespace cw
