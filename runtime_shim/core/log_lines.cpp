#include "core/log_lines.hpp"

#include <cstring>

#include "core/sync.hpp"
#include "core/vector.hpp"

namespace cw {

struct LogListener : Allocated {
  cudaLogsCallback_t function;
  void* data;
};

namespace {

constinit Mutex mutex;
char lines[kKeptLines][kLongestLine];
unsigned count = 0;
constinit Vector<LogListener*>* listeners = nullptr;  // never destroyed: messages may come while the program exits

Vector<LogListener*>& all_listeners() {
  if (listeners == nullptr) listeners = new (must_allocate(sizeof *listeners)) Vector<LogListener*>();
  return *listeners;
}

// Outside the lock: a listener may call the runtime.
void tell(const char* line) {
  Vector<LogListener> told;
  {
    Lock lock(mutex);
    for (LogListener* listener : all_listeners()) told.push(*listener);
  }
  for (LogListener& listener : told) {
    char message[kLongestLine];
    std::strncpy(message, line, sizeof message - 1);
    message[sizeof message - 1] = 0;
    listener.function(listener.data, cudaLogLevelError, message, std::strlen(message));
  }
}

}  // namespace

void keep_log_line(const char* line) {
  {
    Lock lock(mutex);
    char* place = lines[count++ % kKeptLines];
    std::strncpy(place, line, kLongestLine - 1);
    place[kLongestLine - 1] = 0;
  }
  tell(line);
}

unsigned log_position() {
  Lock lock(mutex);
  return count;
}

size_t copy_log_lines(unsigned from, char* out, size_t room) {
  Lock lock(mutex);
  const unsigned oldest = count > kKeptLines ? count - kKeptLines : 0;
  size_t used = 0;
  for (unsigned i = from > oldest ? from : oldest; i < count; ++i) {
    const size_t length = std::strlen(lines[i % kKeptLines]);
    if (used + length + 1 > room) break;
    std::memcpy(out + used, lines[i % kKeptLines], length);
    used += length;
  }
  if (room != 0) out[used] = 0;
  return used;
}

LogListener* add_log_listener(cudaLogsCallback_t function, void* data) {
  auto* listener = new LogListener;
  listener->function = function;
  listener->data = data;
  Lock lock(mutex);
  return all_listeners().push(listener);
}

bool remove_log_listener(const void* handle) {
  Lock lock(mutex);
  for (LogListener* listener : all_listeners()) {
    if (listener != handle) continue;
    all_listeners().erase_value(listener);
    delete listener;
    return true;
  }
  return false;
}

}  // namespace cw
