#include "compiler/command.hpp"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace cw::compiler {
namespace {

constexpr char kName[] = "crosswarp";

// `folder` is cut to each folder above it in turn.
bool find_above(char folder[kPath], char out[kPath]) {
  for (char* slash = strrchr(folder, '/'); slash != nullptr; slash = strrchr(folder, '/')) {
    *slash = '\0';
    if (snprintf(out, kPath, "%s/bin/%s", folder, kName) < static_cast<int>(kPath) && access(out, X_OK) == 0) return true;
  }
  return false;
}

bool find_on_path(char out[kPath]) {
  const char* path = getenv("PATH");
  while (path != nullptr && *path != '\0') {
    const int length = static_cast<int>(strcspn(path, ":"));
    if (snprintf(out, kPath, "%.*s/%s", length, path, kName) < static_cast<int>(kPath) && access(out, X_OK) == 0) return true;
    path += length + (path[length] == ':');
  }
  return false;
}

}  // namespace

void find_command(char out[kPath]) {
  const char* chosen = getenv("CROSSWARP_COMMAND");
  if (chosen != nullptr && *chosen != '\0') {
    snprintf(out, kPath, "%s", chosen);
    return;
  }
  Dl_info library;
  char folder[kPath];
  if (dladdr(reinterpret_cast<const void*>(&find_command), &library) != 0 && library.dli_fname != nullptr) {
    snprintf(folder, sizeof folder, "%s", library.dli_fname);
    if (find_above(folder, out)) return;
  }
  if (!find_on_path(out)) snprintf(out, kPath, "%s", kName);
}

}  // namespace cw::compiler
