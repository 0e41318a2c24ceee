// What an AMD code object's metadata says of its kernels (LLVM, "User Guide for AMDGPU Backend", code object metadata).
#pragma once

#include <cstdint>
#include <cstring>

#include "core/vector.hpp"

namespace cw::hip {

// A string inside the code object, without end mark.
struct Text {
  const char* data = nullptr;
  size_t length = 0;
  bool is(const char* other) const {
    return data != nullptr && length == std::strlen(other) && std::memcmp(data, other, length) == 0;
  }
  bool starts_with(const char* other) const {
    return data != nullptr && length >= std::strlen(other) && std::memcmp(data, other, std::strlen(other)) == 0;
  }
};

struct KernelArgument {
  uint64_t offset = 0;  // in the kernel argument segment
  uint64_t bytes = 0;
  Text kind;                                                   // "by_value", "global_buffer", "hidden_block_count_x", ...
  bool hidden() const { return kind.starts_with("hidden_"); }  // the compiler's own, not the program's
};

struct KernelMetadata {
  Text name;
  Text symbol;  // of the kernel descriptor
  Vector<KernelArgument> arguments;
  uint64_t kernarg_bytes = 0;
  uint64_t lds_bytes = 0;
  uint64_t scratch_bytes = 0;  // a lane
  uint64_t max_threads = 1024;
  uint64_t sgprs = 0;
  uint64_t vgprs = 0;
  uint64_t agprs = 0;
  uint64_t sgpr_spills = 0;
  uint64_t vgpr_spills = 0;
  bool dynamic_stack = false;
};

// Adds the kernels of a code object (ELF) in order; the texts point into `elf`. False where there is no metadata or it is damaged.
bool read_kernels(const uint8_t* elf, size_t bytes, Vector<KernelMetadata>* out);

}  // namespace cw::hip
