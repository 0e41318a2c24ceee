#include "devices/hip/arch.hpp"

#include <string.h>

namespace cw::hip {
namespace {

struct Generic {
  const char* name;
  const char* members[8];
};

// LLVM's AMDGPU usage guide, "Generic processors".
constexpr Generic kGeneric[] = {
    {"gfx9-generic", {"gfx900", "gfx902", "gfx904", "gfx906", "gfx909", "gfx90c"}},
    {"gfx9-4-generic", {"gfx940", "gfx941", "gfx942", "gfx950"}},
    {"gfx10-1-generic", {"gfx1010", "gfx1011", "gfx1012", "gfx1013"}},
    {"gfx10-3-generic", {"gfx1030", "gfx1031", "gfx1032", "gfx1033", "gfx1034", "gfx1035", "gfx1036"}},
    {"gfx11-generic", {"gfx1100", "gfx1101", "gfx1102", "gfx1103", "gfx1150", "gfx1151", "gfx1152", "gfx1153"}},
    {"gfx12-generic", {"gfx1200", "gfx1201"}},
};

}  // namespace

bool is_processor(const char* device, const char* name) {
  const size_t length = strcspn(device, ":");
  return strlen(name) == length && strncmp(device, name, length) == 0;
}

int arch_rank(const char* device, const char* image) {
  if (is_processor(device, image)) return 2;
  for (const Generic& generic : kGeneric) {
    if (strcmp(generic.name, image) != 0) continue;
    for (const char* member : generic.members) {
      if (member != nullptr && is_processor(device, member)) return 1;
    }
  }
  return -1;
}

}  // namespace cw::hip
