// Runs Crosswarp's compiler on a folder, in other processes: nothing of it can take the program down.
#pragma once

#include "compiler/folder.hpp"

namespace cw::compiler {

inline constexpr int kNotStarted = -2;

// What `crosswarp VERB FOLDER` would do, by the helper (compiler/helper.hpp); what it prints goes to the folder's file `log`. The
// exit code, kNotStarted (said on stderr), or -1 if it did not run to its end.
int run(const char* verb, const Folder& folder);

}  // namespace cw::compiler
