// The compiler's helper process (driver/server.py): started at the first compilation, it ends with the program. Threads share it,
// and so do processes that the program forks.
#pragma once

#include "compiler/folder.hpp"

namespace cw::compiler {

// Sends a request to the helper, which is started where there is none. 0, and `answer` is the end of a pipe that the exit code
// comes through; kNotStarted (said on stderr); -1 if it does not listen. What a helper that fails to start prints goes to the
// folder's log.
int send_to_helper(const Bytes& packet, const Folder& folder, int* answer);

}  // namespace cw::compiler
