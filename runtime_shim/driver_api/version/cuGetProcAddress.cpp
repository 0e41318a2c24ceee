#include "driver_api/entry.hpp"

CW_DRIVER_ENTRY cuGetProcAddress_v2(const char* name, void** function, int version, unsigned long long flags, int* status);

CW_DRIVER_ENTRY cuGetProcAddress(const char* name, void** function, int version, unsigned long long flags) {
  return cuGetProcAddress_v2(name, function, version, flags, nullptr);
}
