#include "evidence/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cw::evidence {

bool enabled = false;

namespace {

constexpr size_t kLongest = 16384;
constexpr char kVariable[] = "CROSSWARP_EVIDENCE";

// Before any other constructor: programs register their kernels in theirs.
[[gnu::constructor(49)]] void read_environment() {
  const char* value = std::getenv(kVariable);
  enabled = value != nullptr && *value != 0;
}

// When the process began, in ticks since the machine did: with its number, its name. 0 where it cannot be read.
unsigned long long start_time() {
  char text[1024];
  const int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
  const ssize_t bytes = file >= 0 ? read(file, text, sizeof text - 1) : -1;
  if (file >= 0) close(file);
  if (bytes <= 0) return 0;
  text[bytes] = 0;
  const char* at = std::strrchr(text, ')');  // the command's name may hold anything
  for (int field = 2; at != nullptr && field < 22; ++field) at = std::strchr(at + 1, ' ');
  return at != nullptr ? std::strtoull(at, nullptr, 10) : 0;
}

}  // namespace

void line(const char* format, ...) {
  // Read again: a process that runs several tests names a folder for each.
  const char* folder = enabled ? std::getenv(kVariable) : nullptr;
  if (folder == nullptr) return;
  const int error_before = errno;
  char text[kLongest];
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(text, sizeof text - 1, format, arguments);
  va_end(arguments);
  char path[4096];
  std::snprintf(path, sizeof path, "%s/%d-%llu.ran", folder, static_cast<int>(getpid()), start_time());
  // Opened anew each time: a program may close every file, and a forked child has a name of its own.
  const int file = length > 0 ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666) : -1;
  if (file >= 0) {
    const size_t bytes = static_cast<size_t>(length) < sizeof text - 1 ? static_cast<size_t>(length) : sizeof text - 2;
    text[bytes] = '\n';
    if (write(file, text, bytes + 1) < 0) enabled = false;
    close(file);
  }
  errno = error_before;
}

}  // namespace cw::evidence
