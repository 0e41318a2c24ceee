#include "core/memory_account.hpp"

#include <stdio.h>
#include <unistd.h>

namespace cw {
namespace {

// What the machine could give without swapping; 0 when it does not tell.
size_t available_bytes() {
  FILE* facts = fopen("/proc/meminfo", "re");
  char line[128];
  unsigned long long kilobytes = 0;
  while (facts != nullptr && fgets(line, sizeof line, facts) != nullptr) {
    if (sscanf(line, "MemAvailable: %llu", &kilobytes) == 1) break;
  }
  if (facts != nullptr) fclose(facts);
  return static_cast<size_t>(kilobytes) << 10;
}

}  // namespace

void MemoryAccount::measure() {
  if (total_ != 0) return;
  total_ = static_cast<size_t>(sysconf(_SC_PAGESIZE)) * static_cast<size_t>(sysconf(_SC_PHYS_PAGES));
  spare_ = available_bytes();
  if (spare_ == 0 || spare_ > total_) spare_ = total_;
}

bool MemoryAccount::charge(size_t bytes) {
  measure();
  if (bytes > total_ - used_) return false;
  used_ += bytes;
  return true;
}

void MemoryAccount::info(size_t* free_bytes, size_t* total_bytes) {
  measure();
  *total_bytes = total_;
  *free_bytes = spare_ > used_ ? spare_ - used_ : 0;
}

}  // namespace cw
