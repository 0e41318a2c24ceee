// CUDA's device printf: the format is interpreted here, the arguments are packed as clang packs varargs for NVPTX.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cw {

// Where the bytes of a %s argument are: the argument's 8 bytes are an address, or (GPU records) an offset from `string_base`.
struct PrintfArguments {
  const void* packed;
  const char* string_base;  // null: strings are addresses
};

// Formats like CUDA's printf and writes to stdout in one piece. Returns the number of arguments; -1 on a bad format,
// of which nothing is written.
int32_t device_printf(const char* format, const PrintfArguments& arguments);

}  // namespace cw
