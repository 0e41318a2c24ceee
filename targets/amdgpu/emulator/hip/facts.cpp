#include "emulator/hip/facts.hpp"

#include "devices/hip/arch.hpp"

namespace cw::amdhip {
namespace {

// LLVM's "User Guide for AMDGPU Backend" (registers, granules) and AMD's ISA documents (waves, LDS).
#define CDNA(arch, minor) {arch, arch ":sramecc+:xnack-", 9, minor, 64, 4, 8, 512, 8, 64 << 10, 64 << 10, true}
#define RDNA(arch, major, minor, registers) \
  {arch, arch, major, minor, 32, 4, 16, registers, registers / 64, 64 << 10, 128 << 10, false}
constexpr Facts kAll[] = {
    CDNA("gfx90a", 0),
    CDNA("gfx940", 4),
    CDNA("gfx941", 4),
    CDNA("gfx942", 4),
    RDNA("gfx1030", 10, 3, 1024),
    RDNA("gfx1031", 10, 3, 1024),
    RDNA("gfx1032", 10, 3, 1024),
    RDNA("gfx1033", 10, 3, 1024),
    RDNA("gfx1034", 10, 3, 1024),
    RDNA("gfx1035", 10, 3, 1024),
    RDNA("gfx1036", 10, 3, 1024),
    RDNA("gfx1100", 11, 0, 1536),
    RDNA("gfx1101", 11, 0, 1536),
    RDNA("gfx1102", 11, 0, 1024),
    RDNA("gfx1103", 11, 0, 1024),
    RDNA("gfx1150", 11, 5, 1024),
    RDNA("gfx1151", 11, 5, 1536),
    RDNA("gfx1152", 11, 5, 1024),
    RDNA("gfx1153", 11, 5, 1024),
    RDNA("gfx1200", 12, 0, 1536),
    RDNA("gfx1201", 12, 0, 1536),
};

}  // namespace

const Facts* find_facts(const char* arch) {
  for (const Facts& one : kAll) {
    if (hip::is_processor(arch, one.arch)) return &one;
  }
  return nullptr;
}

}  // namespace cw::amdhip
