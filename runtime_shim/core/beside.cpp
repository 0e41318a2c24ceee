#include "core/beside.hpp"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

namespace cw {

void* open_beside_this_library(const char* name) {
  Dl_info self;
  if (dladdr(reinterpret_cast<const void*>(&open_beside_this_library), &self) == 0) return nullptr;
  const char* slash = strrchr(self.dli_fname, '/');
  if (slash == nullptr) return nullptr;
  char path[4096];
  snprintf(path, sizeof path, "%.*s/%s", static_cast<int>(slash - self.dli_fname), self.dli_fname, name);
  return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

}  // namespace cw
