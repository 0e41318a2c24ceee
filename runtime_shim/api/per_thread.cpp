// --default-stream per-thread: the same entries under a second name, for which stream 0 is the calling thread's own.
#include "api/entry.hpp"

namespace {

class PerThreadDefault {
 public:
  PerThreadDefault() : before_(cw::set_per_thread_default(true)) {}
  ~PerThreadDefault() { cw::set_per_thread_default(before_); }
  PerThreadDefault(const PerThreadDefault&) = delete;
  PerThreadDefault& operator=(const PerThreadDefault&) = delete;

 private:
  bool before_;
};

}  // namespace

#define CW_PER_THREAD(name, alias, parameters, arguments)                 \
  extern "C" [[gnu::visibility("default")]] cudaError_t alias parameters; \
  CW_ENTRY cudaError_t alias parameters {                                 \
    const PerThreadDefault per_thread;                                    \
    return name arguments;                                                \
  }
#include "api/per_thread.inc"
