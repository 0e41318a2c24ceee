#include "devices/cpu/arch.hpp"

#include <stdio.h>
#include <string.h>

#include <atomic>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace cw::cpu {
namespace {

#if defined(__x86_64__)
struct Registers {
  unsigned a, b, c, d;
};

Registers cpuid(unsigned leaf) {
  Registers r = {};
  __get_cpuid_count(leaf, 0, &r.a, &r.b, &r.c, &r.d);
  return r;
}

// Register states that the operating system saves: bits 1-2 SSE and AVX, 5-7 AVX-512.
unsigned saved_states(const Registers& one) {
  if ((one.c & (1u << 27)) == 0) return 0;
  unsigned low;
  unsigned high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool has(unsigned value, unsigned bits) { return (value & bits) == bits; }

// The x86-64 psABI's micro-architecture level, 1 to 4.
int level() {
  const Registers one = cpuid(1);
  const Registers seven = cpuid(7);
  const Registers extended = cpuid(0x80000001);
  const unsigned saved = saved_states(one);
  constexpr unsigned kV2 = 1u << 0 | 1u << 9 | 1u << 13 | 1u << 19 | 1u << 20 | 1u << 23;  // SSE3 SSSE3 CX16 SSE4.1 SSE4.2 POPCNT
  constexpr unsigned kV3 = 1u << 12 | 1u << 22 | 1u << 27 | 1u << 28 | 1u << 29;           // FMA MOVBE OSXSAVE AVX F16C
  constexpr unsigned kV3Seven = 1u << 3 | 1u << 5 | 1u << 8;                               // BMI1 AVX2 BMI2
  constexpr unsigned kV4Seven = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31;      // AVX512 F DQ CD BW VL
  if (!has(one.c, kV2) || !has(extended.c, 1u << 0)) return 1;
  if (!has(one.c, kV3) || !has(seven.b, kV3Seven) || !has(extended.c, 1u << 5) || !has(saved, 0x6)) return 2;
  return has(seven.b, kV4Seven) && has(saved, 0xe6) ? 4 : 3;
}
#endif

}  // namespace

#if defined(__x86_64__)
namespace {

int known_level() {
  static std::atomic<int> known{0};
  if (known.load() == 0) known.store(level());
  return known.load();
}

}  // namespace
#endif

int arch_rank(const char* arch) {
#if defined(__x86_64__)
  const int here = known_level();
  if (strcmp(arch, "x86-64") == 0) return 1;
  if (strncmp(arch, "x86-64-v", 8) != 0 || arch[9] != 0) return -1;
  const int wanted = arch[8] - '0';
  return wanted >= 1 && wanted <= here ? wanted : -1;
#elif defined(__aarch64__)
  return strcmp(arch, "aarch64") == 0 ? 1 : -1;
#else
  return -1;
#endif
}

void code_arch(char* out, size_t size) {
#if defined(__x86_64__)
  constexpr int kDefault = 3;  // of the compiler: --targets=cpu
  const int level = known_level() < kDefault ? known_level() : kDefault;
  snprintf(out, size, level > 1 ? "x86-64-v%d" : "x86-64", level);
#else
  snprintf(out, size, "aarch64");
#endif
}

void processor_name(char* out, int size) {
  snprintf(out, static_cast<size_t>(size), "CPU");
  FILE* file = fopen("/proc/cpuinfo", "r");
  if (file == nullptr) return;
  char line[256];
  while (fgets(line, sizeof line, file) != nullptr) {
    const char* colon = strchr(line, ':');
    if (strncmp(line, "model name", 10) != 0 || colon == nullptr) continue;
    line[strcspn(line, "\n")] = 0;
    snprintf(out, static_cast<size_t>(size), "%s", colon + 2);
    break;
  }
  fclose(file);
}

}  // namespace cw::cpu
