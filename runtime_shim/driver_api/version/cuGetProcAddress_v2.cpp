#include <dlfcn.h>

#include <cstdio>

#include "driver_api/entry.hpp"

using namespace cw::driver;

// The newest variant of an entry by its plain name: "cuMemAlloc" is cuMemAlloc_v2.
CW_DRIVER_ENTRY cuGetProcAddress_v2(const char* name, void** function, int, unsigned long long, int* status) {
  if (name == nullptr || function == nullptr) return kInvalidValue;
  char versioned[256];
  *function = nullptr;
  const char* const suffixes[] = {"_v4", "_v2", ""};
  for (const char* suffix : suffixes) {
    std::snprintf(versioned, sizeof versioned, "%s%s", name, suffix);
    if (*function == nullptr) *function = dlsym(RTLD_DEFAULT, versioned);
  }
  if (status != nullptr) *status = *function != nullptr ? 0 : 1;
  return *function != nullptr ? kSuccess : kNotFound;
}
