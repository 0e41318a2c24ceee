#include "devices/open.hpp"

#include <dlfcn.h>
#include <stdlib.h>

#include "devices/gpu/device.hpp"
#include "devices/nvidia/driver.hpp"

namespace cw::nvidia {
namespace {

// Our own driver-API library has the same file name as NVIDIA's and this symbol.
bool is_ours(void* library) { return dlsym(library, "__cw_libcuda") != nullptr; }

void* open_real(const char* name) {
  void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr || !is_ours(library)) return library;
  dlclose(library);
  return nullptr;
}

// CROSSWARP_NVIDIA_LIBRARY names another file or path than the usual ones.
void* open_library() {
  const char* named = getenv("CROSSWARP_NVIDIA_LIBRARY");
  if (named != nullptr && *named != 0) return open_real(named);
  const char* const names[] = {"libcuda.so.1", "/usr/lib/x86_64-linux-gnu/libcuda.so.1", "/usr/lib64/libcuda.so.1",
                               "/usr/lib/libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"};
  for (const char* name : names) {
    void* library = open_real(name);
    if (library != nullptr) return library;
  }
  return nullptr;
}

}  // namespace

const char* open_devices(Vector<Owned<Device>>* devices) {
  void* library = open_library();
  if (library == nullptr) return "NVIDIA's driver (libcuda.so.1) is not installed";
  Owned<CudaDriver> driver(new CudaDriver);
  if (driver->load(library) != nullptr) return "NVIDIA's driver does not start, or is older than CUDA 11.2";
  int count = 0;
  if (driver->device_count(&count) != 0 || count == 0) return "NVIDIA's driver finds no GPU";
  CudaDriver& kept = *driver.release();  // used by the devices, as long as the process lives
  for (int i = 0; i < count; ++i) devices->push(Owned<Device>(new gpu::GpuDevice(kept, i)));
  return nullptr;
}

}  // namespace cw::nvidia
