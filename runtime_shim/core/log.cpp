#include "core/log.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "core/log_lines.hpp"
#include "core/sync.hpp"
#include "core/vector.hpp"

namespace cw {

void say(const char* format, ...) {
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  char whole[sizeof line + 16];
  std::snprintf(whole, sizeof whole, "crosswarp: %s\n", line);
  std::fputs(whole, stderr);
  keep_log_line(whole);
}

namespace {

// True the first time that a text comes by.
bool is_new(const char* text) {
  static constinit Mutex mutex;
  static constinit Vector<const char*>* said = nullptr;
  Lock lock(mutex);
  if (said == nullptr) said = new (must_allocate(sizeof *said)) Vector<const char*>();
  for (const char* known : *said) {
    if (std::strcmp(known, text) == 0) return false;
  }
  said->push(text);
  return true;
}

}  // namespace

void say_once(const char* message) {
  if (is_new(message)) say("%s", message);
}

void say_unsupported(const char* entry) {
  if (is_new(entry)) say("%s is not supported", entry);
}

}  // namespace cw
