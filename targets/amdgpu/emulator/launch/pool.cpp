#include "emulator/launch/pool.hpp"

#include <xmmintrin.h>

#include "core/immortal.hpp"

namespace cw::amd {
namespace {

// Records compute with the processor's own arithmetic: rounding to nearest, denormals kept, nothing trapped. The caller may have
// set something else.
class Arithmetic {
 public:
  Arithmetic() : kept_(_mm_getcsr()) { _mm_setcsr(0x1f80); }
  ~Arithmetic() { _mm_setcsr(kept_); }

 private:
  unsigned kept_;
};

}  // namespace

Pool& pool() {
  static constinit Immortal<Pool> only;
  return only.value;
}

void Pool::run(Launch& launch) {
  const Arithmetic arithmetic;
  const bool shared = launch.groups() > 1 && publish(launch);
  launch.work();
  if (shared) retire(launch);
}

bool Pool::publish(Launch& launch) {
  Lock lock(mutex_);
  if (threads_ == 0) start_helpers();
  if (threads_ == 1) return false;
  active_.push(Active{&launch, 0});
  wake_.wake_all();
  return true;
}

void Pool::start_helpers() {
  const unsigned wanted = configured_threads("CROSSWARP_EMU_THREADS");
  threads_ = 1;
  while (threads_ < wanted && start_thread(helper_main, this, "cw-emulator")) ++threads_;
}

// After this no helper touches the launch.
void Pool::retire(Launch& launch) {
  Lock lock(mutex_);
  while (find(launch)->helpers != 0) left_.wait(mutex_);
  active_.erase(static_cast<size_t>(find(launch) - active_.begin()));
}

Pool::Active* Pool::find(const Launch& launch) {
  for (Active& active : active_) {
    if (active.launch == &launch) return &active;
  }
  return nullptr;
}

Pool::Active* Pool::find_work() {
  for (Active& active : active_) {
    if (active.launch->has_work()) return &active;
  }
  return nullptr;
}

void Pool::helper_main(void* raw) { static_cast<Pool*>(raw)->help(); }

void Pool::help() {
  mutex_.lock();
  for (;;) {
    Active* active = find_work();
    if (active == nullptr) {
      wake_.wait(mutex_);
      continue;
    }
    Launch& launch = *active->launch;
    ++active->helpers;
    mutex_.unlock();
    launch.work();
    mutex_.lock();
    if (--find(launch)->helpers == 0) left_.wake_all();
  }
}

}  // namespace cw::amd

using namespace cw::amd;

extern "C" __attribute__((visibility("default"))) cw_amd_result cw_amd_launch(const cw_amd_kernel* kernel,
                                                                              const cw_amd_launch_request* request,
                                                                              cw_amd_fault* fault) {
  if (fault != nullptr) *fault = cw_amd_fault{};
  Dispatch dispatch;
  Message message;
  if (!dispatch.prepare(*kernel, *request, message)) {
    if (fault != nullptr) snprintf(fault->message, sizeof fault->message, "%s", message.text);
    return CW_AMD_INVALID;
  }
  Launch launch(dispatch, request->statistics);
  pool().run(launch);
  if (fault != nullptr) *fault = launch.fault();
  return launch.result();
}
