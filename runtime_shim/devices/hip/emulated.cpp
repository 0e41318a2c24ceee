// Emulated AMD GPUs: the device for AMD's HIP library on Crosswarp's own one, which runs code objects on the CPU
// (targets/amdgpu/emulator).
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/beside.hpp"
#include "devices/cpu/arch.hpp"
#include "devices/gpu/device.hpp"
#include "devices/hip/driver.hpp"
#include "devices/open.hpp"

namespace cw::hip {
namespace {

constexpr char kLibrary[] = "libcrosswarp_amdhip64.so";

// The library of the installed toolkit, whose command tells where it lies: for programs with the static runtime.
void* open_in_toolkit() {
  const char* command = getenv("CROSSWARP_COMMAND");
  char line[4096];
  snprintf(line, sizeof line, "%s toolkit 2>/dev/null", command != nullptr && *command != 0 ? command : "crosswarp");
  FILE* answer = popen(line, "re");
  if (answer == nullptr) return nullptr;
  const bool told = fgets(line, sizeof line, answer) != nullptr;
  pclose(answer);
  if (!told) return nullptr;
  char path[sizeof line + sizeof kLibrary + 8];
  snprintf(path, sizeof path, "%.*s/lib64/%s", static_cast<int>(strcspn(line, "\n")), line, kLibrary);
  return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

void* open_library() {
  void* library = open_beside_this_library(kLibrary);
  if (library == nullptr) library = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  return library != nullptr ? library : open_in_toolkit();
}

}  // namespace

const char* open_emulated(const char* archs, Vector<Owned<Device>>* devices) {
  if (cpu::arch_rank("x86-64-v3") < 0) return "the AMD emulator needs a processor with AVX2 and FMA (x86-64-v3)";
  void* library = open_library();
  if (library == nullptr)
    return "libcrosswarp_amdhip64.so is not in the library path (LD_LIBRARY_PATH; 'crosswarp toolkit' has it)";
  const auto configure = reinterpret_cast<int (*)(const char*)>(dlsym(library, "cw_amd_hip_configure"));
  const int count = configure != nullptr ? configure(archs) : 0;
  if (count == 0) return "no such emulated device";
  Owned<HipDriver> driver(new HipDriver);
  if (driver->load(library) != nullptr) return "libcrosswarp_amdhip64.so is of another version";
  HipDriver& kept = *driver.release();  // used by the devices, as long as the process lives
  for (int i = 0; i < count; ++i) devices->push(Owned<Device>(new gpu::GpuDevice(kept, i)));
  return nullptr;
}

}  // namespace cw::hip
