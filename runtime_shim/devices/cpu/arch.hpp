// Which x86-64 levels (or aarch64) this processor runs.
#pragma once

namespace cw::cpu {

// Larger is better, negative: code of this architecture does not run here. Names: "x86-64", "x86-64-v2" to "-v4", "aarch64".
int arch_rank(const char* arch);

// The processor's own name, for people.
void processor_name(char* out, int size);

}  // namespace cw::cpu
