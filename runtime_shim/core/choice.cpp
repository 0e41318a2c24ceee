#include "core/choice.hpp"

#include <cstdlib>
#include <cstring>

#include "core/log.hpp"
#include "devices/cpu/device.hpp"
#include "devices/open.hpp"

namespace cw {
namespace {

using Open = const char* (*)(Vector<Owned<Device>>*);

cudaError_t open_named(const char* name, Open open, Vector<Owned<Device>>* devices) {
  const char* problem = open(devices);
  if (problem == nullptr && !devices->empty()) return cudaSuccess;
  say("CROSSWARP_DEVICE=%s: %s", name, problem != nullptr ? problem : "no such device found");
  return cudaErrorNoDevice;
}

// True when a working device of this kind exists and the program has an image for it.
bool open_if_useful(Registry& registry, Open open, Vector<Owned<Device>>* devices) {
  if (open(devices) == nullptr && !devices->empty() && registry.has_image_for(*(*devices)[0])) return true;
  devices->clear();
  return false;
}

cudaError_t open_emulated(Registry& registry, const char* name, Vector<Owned<Device>>* devices) {
  const char* archs = name + std::strlen("emu:");
  const char* problem = hip::open_emulated(archs, devices);
  if (problem != nullptr) {
    say("CROSSWARP_DEVICE=%s: %s", name, problem);
    return cudaErrorNoDevice;
  }
  if (!registry.has_image_for(*(*devices)[0])) {
    say("CROSSWARP_DEVICE=%s: the program has no code for it; compile it with --targets=cpu,%s", name, archs);
  }
  return cudaSuccess;
}

}  // namespace

cudaError_t choose_devices(Registry& registry, Vector<Owned<Device>>* devices) {
  const char* name = std::getenv("CROSSWARP_DEVICE");
  if (name == nullptr || *name == 0) {
    if (open_if_useful(registry, hip::open_devices, devices)) return cudaSuccess;
    if (open_if_useful(registry, nvidia::open_devices, devices)) return cudaSuccess;
    cpu::open_devices(devices);
    return cudaSuccess;
  }
  if (std::strcmp(name, "cpu") == 0) return open_named(name, cpu::open_devices, devices);
  if (std::strcmp(name, "amd") == 0) return open_named(name, hip::open_devices, devices);
  if (std::strcmp(name, "nvidia") == 0) return open_named(name, nvidia::open_devices, devices);
  if (std::strncmp(name, "emu:", 4) == 0) return open_emulated(registry, name, devices);
  say("CROSSWARP_DEVICE=%s: unknown; use cpu, amd, nvidia or emu:gfx1100", name);
  return cudaErrorNoDevice;
}

}  // namespace cw
