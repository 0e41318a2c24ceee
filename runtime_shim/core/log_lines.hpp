// The last messages of the runtime, for the program that asks (cudaLogsCurrent and its family), and the program's own listeners.
#pragma once

#include <driver_types.h>

#include <cstddef>

namespace cw {

inline constexpr unsigned kKeptLines = 100;
inline constexpr size_t kLongestLine = 256;  // a longer message is cut

// Every message passes here, with its newline.
void keep_log_line(const char* line);
// The number of messages so far: where a dump from here on begins.
unsigned log_position();
// Up to `room` bytes of the messages from number `from` on, whole lines, with an end mark. Returns the bytes without it.
size_t copy_log_lines(unsigned from, char* out, size_t room);

struct LogListener;
LogListener* add_log_listener(cudaLogsCallback_t function, void* data);
bool remove_log_listener(const void* handle);  // false for one that is not there

}  // namespace cw
