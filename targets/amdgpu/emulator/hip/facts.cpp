#include "emulator/hip/facts.hpp"

#include <cstring>

namespace cw::amdhip {
namespace {

// LLVM's "User Guide for AMDGPU Backend" (registers, granules) and AMD's ISA documents (waves, LDS).
constexpr Facts kAll[] = {
    {"gfx90a", "gfx90a:sramecc+:xnack-", "Emulated gfx90a", 9, 0, 64, 4, 8, 512, 8, 64 << 10, 64 << 10, true},
    {"gfx942", "gfx942:sramecc+:xnack-", "Emulated gfx942", 9, 4, 64, 4, 8, 512, 8, 64 << 10, 64 << 10, true},
    {"gfx1030", "gfx1030", "Emulated gfx1030", 10, 3, 32, 4, 16, 1024, 16, 64 << 10, 128 << 10, false},
    {"gfx1100", "gfx1100", "Emulated gfx1100", 11, 0, 32, 4, 16, 1536, 24, 64 << 10, 128 << 10, false},
    {"gfx1201", "gfx1201", "Emulated gfx1201", 12, 0, 32, 4, 16, 1536, 24, 64 << 10, 128 << 10, false},
};

}  // namespace

const Facts* find_facts(const char* arch) {
  const size_t length = strcspn(arch, ":");
  for (const Facts& one : kAll) {
    if (strlen(one.arch) == length && strncmp(one.arch, arch, length) == 0) return &one;
  }
  return nullptr;
}

}  // namespace cw::amdhip
