#include "emulator/machine/count.hpp"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

namespace cw::amd {
namespace {

constexpr const char* kIsaNames[kIsas] = {"gfx90a", "gfx942", "gfx10", "gfx11", "gfx12"};

const char* file_name() { return getenv("CROSSWARP_EMU_COUNT"); }

void append_counts() {
  FILE* file = fopen(file_name(), "a");
  if (file == nullptr) return;
  for (const Record* record = all_records(); record != nullptr; record = record->next) {
    for (unsigned isa = 0; isa < kIsas; ++isa) {
      const u64 executed = __atomic_load_n(&record->executed[isa], __ATOMIC_RELAXED);
      if (executed != 0) fprintf(file, "%s %s %llu\n", kIsaNames[isa], record->name, static_cast<unsigned long long>(executed));
    }
  }
  fclose(file);
}

bool wanted = false;

void start_counting() {
  wanted = file_name() != nullptr;
  if (wanted) atexit(append_counts);
}

}  // namespace

bool counts_are_wanted() {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start_counting);
  return wanted;
}

void count(const Arch& arch, const Record* record) {
  if (record != nullptr) __atomic_fetch_add(&record->executed[static_cast<unsigned>(arch.isa)], 1, __ATOMIC_RELAXED);
}

}  // namespace cw::amd
