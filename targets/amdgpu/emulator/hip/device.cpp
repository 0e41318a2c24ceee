#include "emulator/hip/device.hpp"

#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/log.hpp"
#include "emulator/hip/call.hpp"
#include "emulator/hip/pool.hpp"

namespace cw::amdhip {
namespace {

struct Devices : Allocated {
  Vector<Owned<Device>> all;
};

Devices* devices = nullptr;
char configured[256] = "";
pthread_once_t once = PTHREAD_ONCE_INIT;
thread_local int current = 0;

constexpr size_t kStackLimit = 1024;  // as CUDA's and HIP's defaults
constexpr size_t kHeapLimit = 8 << 20;
constexpr size_t kPrintfLimit = 1 << 20;

const char* wanted_devices() {
  if (configured[0] != 0) return configured;
  const char* named = getenv("CROSSWARP_EMU_DEVICES");
  return named != nullptr && *named != 0 ? named : "gfx1100";
}

// Devices are never destroyed: kernels may still run while the program ends.
void make_devices() {
  devices = new Devices;
  for (const char* at = wanted_devices(); *at != 0;) {
    char arch[64];
    const size_t length = strcspn(at, ",");
    snprintf(arch, sizeof arch, "%.*s", static_cast<int>(length), at);
    at += length + (at[length] == ',');
    const Facts* facts = find_facts(arch);
    if (facts == nullptr) {
      say("the AMD emulator does not know %s: it has gfx90a, gfx94x, gfx103x, gfx11xx and gfx120x", arch);
      devices->all.clear();
      return;
    }
    devices->all.push(Owned<Device>(new Device(static_cast<int>(devices->all.size()), *facts)));
  }
}

Vector<Owned<Device>>& all_devices() {
  pthread_once(&once, make_devices);
  return devices->all;
}

}  // namespace

Device::Device(int index, const Facts& facts) : index_(index), facts_(facts) {
  limits_[0] = kStackLimit;
  limits_[1] = kPrintfLimit;
  limits_[2] = kHeapLimit;
  limits_[3] = 0;
  null_.reset(new Stream(*this, 0, 0, Queue::Order::kNull));
  default_pool_ = Ref<Pool>(new Pool(*this, 0));
  current_pool_ = default_pool_;
}

// As many as there are processors to work for it: programs choose their grids by it. CROSSWARP_EMU_MULTIPROCESSORS says another
// number.
int Device::multiprocessors() const {
  const char* said = getenv("CROSSWARP_EMU_MULTIPROCESSORS");
  const int number = said != nullptr ? atoi(said) : 0;
  if (number > 0) return number < 1024 ? number : 1024;
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  return processors > 0 ? static_cast<int>(processors) : 1;
}

uint32_t Device::stack_bytes() const { return limits_[0] == kStackLimit ? 0 : static_cast<uint32_t>(limits_[0]); }

Ref<Pool> Device::default_pool() const { return default_pool_; }

Ref<Pool> Device::current_pool() {
  Lock lock(mutex_);
  return current_pool_;
}

void Device::set_current_pool(const Ref<Pool>& pool) {
  Lock lock(mutex_);
  current_pool_ = pool;
}

void Device::add_queue(const Ref<Queue>& queue) {
  Lock lock(Queue::submissions());
  for (size_t i = queues_.size(); i-- > 0;) {
    if (queues_[i]->finished()) queues_.erase(i);
  }
  queues_.push(queue);
}

Error Device::synchronize(bool all) {
  Vector<Dependency> pending;
  {
    Lock lock(Queue::submissions());
    for (const Ref<Queue>& queue : queues_) {
      if (all || queue->blocking()) pending.push(Dependency{queue, queue->submitted()});
    }
  }
  for (Dependency& dependency : pending) dependency.queue->wait(dependency.number);
  return error();
}

void Device::reset() {
  synchronize(true);
  error_.store(hipSuccess);
  peers_.store(0);
}

int device_count() { return static_cast<int>(all_devices().size()); }

Device* device_at(int index) {
  Vector<Owned<Device>>& all = all_devices();
  return index >= 0 && static_cast<size_t>(index) < all.size() ? all[static_cast<size_t>(index)].get() : nullptr;
}

Device* current_device() { return device_at(current); }

// Which processors to emulate, in place of CROSSWARP_EMU_DEVICES; before the first call. Returns how many there are.
HIP_API int cw_amd_hip_configure(const char* archs) {
  if (devices == nullptr) snprintf(configured, sizeof configured, "%s", archs);
  return device_count();
}

HIP_API int hipInit(unsigned flags) {
  return answer([&] { return flags != 0 ? hipErrorInvalidValue : device_count() != 0 ? hipSuccess : hipErrorNoDevice; });
}
HIP_API int hipGetDeviceCount(int* count) {
  return answer([&] {
    if (count == nullptr) return hipErrorInvalidValue;
    *count = device_count();
    return *count != 0 ? hipSuccess : hipErrorNoDevice;
  });
}
HIP_API int hipSetDevice(int index) {
  return answer([&] {
    if (device_at(index) == nullptr) return hipErrorInvalidDevice;
    current = index;
    return hipSuccess;
  });
}
HIP_API int hipGetDevice(int* index) {
  return answer([&] {
    if (index == nullptr) return hipErrorInvalidValue;
    *index = current;
    return device_count() != 0 ? hipSuccess : hipErrorNoDevice;
  });
}
HIP_API int hipDeviceSynchronize() {
  return answer([] { return current_device() != nullptr ? current_device()->synchronize(true) : hipErrorNoDevice; });
}
HIP_API int hipDeviceReset() {
  return answer([] {
    if (current_device() == nullptr) return hipErrorNoDevice;
    current_device()->reset();
    return hipSuccess;
  });
}

}  // namespace cw::amdhip
