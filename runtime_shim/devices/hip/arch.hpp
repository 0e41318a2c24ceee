// Which code objects an AMD GPU runs.
#pragma once

namespace cw::hip {

// Whether `device`, HIP's gcnArchName ("gfx90a:sramecc+:xnack-"), is the processor `name` ("gfx90a"), whatever its features.
bool is_processor(const char* device, const char* name);

// `device` is HIP's gcnArchName ("gfx90a:sramecc+:xnack-"), `image` the fat binary's ("gfx90a", "gfx11-generic"). Exact fits rank
// highest, then LLVM's generic targets; negative: does not run.
int arch_rank(const char* device, const char* image);

}  // namespace cw::hip
