// `--default-stream per-thread`: entries under a second name, for which stream 0 is the calling thread's own.
#include "driver_api/entry.hpp"
#include "driver_api/thunk.hpp"

namespace {

class PerThreadDefault {
 public:
  PerThreadDefault() : before_(cw::driver::internal().thread.set_per_thread_default(true)) {}
  ~PerThreadDefault() { cw::driver::internal().thread.set_per_thread_default(before_); }
  PerThreadDefault(const PerThreadDefault&) = delete;
  PerThreadDefault& operator=(const PerThreadDefault&) = delete;

 private:
  bool before_;
};

template <auto entry>
struct PerThread;

template <typename... Parameters, CUresult (*entry)(Parameters...)>
struct PerThread<entry> {
  static CUresult call(Parameters... parameters) {
    const PerThreadDefault per_thread;
    return entry(parameters...);
  }
};

}  // namespace

#define CW_PER_THREAD(symbol, alias)                                                                            \
  extern "C" [[gnu::used, gnu::visibility("hidden")]] const auto cw_slot_##alias = &PerThread<&::symbol>::call; \
  CW_SYMBOL(alias, CW_JUMP_BY_SLOT(cw_slot_##alias));
#include "driver_api/per_thread.inc"
