// What a process did, for those who ask which tests use which API: lines in a file of its own in the folder CROSSWARP_EVIDENCE
// (docs/coverage.md). Each line is in the file when `line` returns, whatever becomes of the process.
#pragma once

namespace cw::evidence {

// The variable is set. Costs one load.
extern bool enabled;

// Fields are separated by tabs. Nothing happens unless `enabled`; a file that cannot be written is no error.
[[gnu::format(printf, 1, 2)]] void line(const char* format, ...);

}  // namespace cw::evidence
