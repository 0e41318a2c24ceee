// Mutex, condition, thread: POSIX threads directly (core/allocated.hpp says why not <mutex> and <thread>).
#pragma once

#include <pthread.h>
#include <time.h>

#include <cstdint>

namespace cw {

class Mutex {
 public:
  constexpr Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;
  void lock() { pthread_mutex_lock(&native_); }
  void unlock() { pthread_mutex_unlock(&native_); }

 private:
  friend class Condition;
  pthread_mutex_t native_ = PTHREAD_MUTEX_INITIALIZER;
};

class Lock {
 public:
  explicit Lock(Mutex& mutex) : mutex_(mutex) { mutex_.lock(); }
  ~Lock() { mutex_.unlock(); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  Mutex& mutex_;
};

class Condition {
 public:
  constexpr Condition() = default;
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;
  ~Condition() { pthread_cond_destroy(&native_); }
  void wait(Mutex& mutex) { pthread_cond_wait(&native_, &mutex.native_); }
  void wake_all() { pthread_cond_broadcast(&native_); }

 private:
  pthread_cond_t native_ = PTHREAD_COND_INITIALIZER;
};

// Runs `body(argument)` on a new detached thread that takes no signals meant for the process. False when there is none left.
bool start_thread(void (*body)(void*), void* argument, const char* name);

// How many threads compute: what the environment's `variable` says, or one for each processor that this process may use.
unsigned configured_threads(const char* variable);

// Nanoseconds of the monotonic clock.
inline uint64_t now_ns() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1000000000u + static_cast<uint64_t>(t.tv_nsec);
}

inline void cpu_relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Polls `ready` for about `spin_ns`, then gives up. True when it became ready.
template <typename Ready>
bool spin_until(Ready ready, uint64_t spin_ns) {
  if (ready()) return true;
  const uint64_t end = now_ns() + spin_ns;
  do {
    for (int i = 0; i < 32; ++i) {
      if (ready()) return true;
      cpu_relax();
    }
  } while (now_ns() < end);
  return false;
}

}  // namespace cw
