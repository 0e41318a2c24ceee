// One-line messages on stderr, all in the form `crosswarp: ...`.
#pragma once

namespace cw {

[[gnu::format(printf, 1, 2)]] void say(const char* format, ...);

// `message` must stay where it is: it is said once per process.
void say_once(const char* message);

// Says once per process and entry that an API function is not implemented.
void say_unsupported(const char* entry);

}  // namespace cw
