// Which x86-64 levels (or aarch64) this processor runs.
#pragma once

#include <stddef.h>

namespace cw::cpu {

// Larger is better, negative: code of this architecture does not run here. Names: "x86-64", "x86-64-v2" to "-v4", "aarch64".
int arch_rank(const char* arch);

// The architecture that the compiler makes code for this processor for.
void code_arch(char* out, size_t size);

// The processor's own name, for people.
void processor_name(char* out, int size);

}  // namespace cw::cpu
