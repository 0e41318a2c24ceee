// Strings that stay.
#pragma once

namespace cw::amd {

// A copy of `text` that lives as long as the process; equal texts give one copy.
const char* intern(const char* text);

}  // namespace cw::amd
