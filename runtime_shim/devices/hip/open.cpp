#include "devices/open.hpp"

#include <dlfcn.h>
#include <stdlib.h>

#include "devices/gpu/device.hpp"
#include "devices/hip/driver.hpp"

namespace cw::hip {
namespace {

// CROSSWARP_HIP_LIBRARY names another file or path than the usual ones.
void* open_library() {
  const char* named = getenv("CROSSWARP_HIP_LIBRARY");
  if (named != nullptr && *named != 0) return dlopen(named, RTLD_NOW | RTLD_LOCAL);
  const char* const names[] = {"libamdhip64.so.7", "libamdhip64.so.6", "libamdhip64.so", "/opt/rocm/lib/libamdhip64.so"};
  for (const char* name : names) {
    void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library != nullptr) return library;
  }
  return nullptr;
}

}  // namespace

const char* open_devices(Vector<Owned<Device>>* devices) {
  void* library = open_library();
  if (library == nullptr) return "AMD's HIP runtime (libamdhip64.so, ROCm 6 or later) is not installed";
  Owned<HipDriver> driver(new HipDriver);
  if (driver->load(library) != nullptr) return "libamdhip64.so lacks functions of ROCm 6";
  int count = 0;
  if (driver->device_count(&count) != 0 || count == 0) return "libamdhip64.so finds no AMD GPU";
  HipDriver& kept = *driver.release();  // used by the devices, as long as the process lives
  for (int i = 0; i < count; ++i) devices->push(Owned<Device>(new gpu::GpuDevice(kept, i)));
  return nullptr;
}

}  // namespace cw::hip
