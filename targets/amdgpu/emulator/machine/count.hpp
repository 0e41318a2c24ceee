// How often each instruction ran on each architecture, for scripts/emulator_coverage.py. CROSSWARP_EMU_COUNT names the file to
// which the process appends lines "architecture instruction count" when it ends.
#pragma once

#include "emulator/machine/program.hpp"
#include "emulator/machine/record.hpp"

namespace cw::amd {

bool counts_are_wanted();
void count(const Arch& arch, const Record* record);

}  // namespace cw::amd
