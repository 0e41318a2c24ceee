#include "compiler/command.hpp"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace cw::compiler {
namespace {

constexpr char kName[] = "crosswarp";

bool is_command(const char* path, int length) { return length < static_cast<int>(kPath) && access(path, X_OK) == 0; }

// In `bin/` of the folders above the file or folder `path`.
bool find_above(const char* path, int length, char out[kPath]) {
  char folder[kPath];
  snprintf(folder, sizeof folder, "%.*s", length, path);
  for (char* slash = strrchr(folder, '/'); slash != nullptr; slash = strrchr(folder, '/')) {
    *slash = '\0';
    if (is_command(out, snprintf(out, kPath, "%s/bin/%s", folder, kName))) return true;
  }
  return false;
}

bool is_ours(const char* library) {
  const char* slash = strrchr(library, '/');
  return slash != nullptr && (strncmp(slash, "/libcuda", 8) == 0 || strncmp(slash, "/libnvrtc", 9) == 0);
}

// The program may hold the runtime itself: then its other libraries tell.
int find_above_library(dl_phdr_info* info, size_t, void* out) {
  if (info->dlpi_name == nullptr || !is_ours(info->dlpi_name)) return 0;
  return find_above(info->dlpi_name, static_cast<int>(strlen(info->dlpi_name)), static_cast<char*>(out)) ? 1 : 0;
}

// Calls `find(folder, length, out)` with each folder of a list until one has it.
template <typename Find>
bool find_in_list(const char* variable, Find find, char out[kPath]) {
  const char* list = getenv(variable);
  while (list != nullptr && *list != '\0') {
    const int length = static_cast<int>(strcspn(list, ":"));
    if (length > 0 && find(list, length, out)) return true;
    list += length + (list[length] == ':');
  }
  return false;
}

bool find_in(const char* folder, int length, char out[kPath]) {
  return is_command(out, snprintf(out, kPath, "%.*s/%s", length, folder, kName));
}

}  // namespace

void find_command(char out[kPath]) {
  const char* chosen = getenv("CROSSWARP_COMMAND");
  if (chosen != nullptr && *chosen != '\0') {
    snprintf(out, kPath, "%s", chosen);
    return;
  }
  Dl_info self;
  if (dladdr(reinterpret_cast<const void*>(&find_command), &self) != 0 && self.dli_fname != nullptr &&
      find_above(self.dli_fname, static_cast<int>(strlen(self.dli_fname)), out)) {
    return;
  }
  if (dl_iterate_phdr(find_above_library, out) != 0 || find_in_list("LD_LIBRARY_PATH", find_above, out)) return;
  if (!find_in_list("PATH", find_in, out)) snprintf(out, kPath, "%s", kName);
}

}  // namespace cw::compiler
