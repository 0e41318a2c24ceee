#include "core/log.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "core/sync.hpp"
#include "core/vector.hpp"

namespace cw {

void say(const char* format, ...) {
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  std::fprintf(stderr, "crosswarp: %s\n", line);
}

void say_unsupported(const char* entry) {
  static constinit Mutex mutex;
  static constinit Vector<const char*>* said = nullptr;
  Lock lock(mutex);
  if (said == nullptr) said = new (must_allocate(sizeof *said)) Vector<const char*>();
  for (const char* name : *said) {
    if (std::strcmp(name, entry) == 0) return;
  }
  said->push(entry);
  say("%s is not supported", entry);
}

}  // namespace cw
