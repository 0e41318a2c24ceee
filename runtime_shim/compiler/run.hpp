// Runs Crosswarp's compiler on a folder: nothing of it can take the program down.
#pragma once

#include "compiler/folder.hpp"

namespace cw::compiler {

inline constexpr int kNotStarted = -2;

// `crosswarp VERB FOLDER`; what it prints goes to the folder's file `log`. The exit code, kNotStarted (said on stderr), or -1 if it
// did not run to its end.
int run(const char* verb, const Folder& folder);

}  // namespace cw::compiler
