// HIP's C interface as this library speaks it: numbers and layouts of ROCm 6 (AMD's "HIP Runtime API Reference").
//
// Handles are pointers to our own objects; the default streams have the numbers 0, 1 and 2.
#pragma once

#include <cstddef>
#include <cstdint>

#define HIP_API extern "C" __attribute__((visibility("default")))

namespace cw::amdhip {

enum Error : int {
#define HIP_ERROR(name, number, text) name = number,
#include "emulator/hip/errors.inc"
#undef HIP_ERROR
};

enum class CopyKind : int { kHostToHost = 0, kHostToDevice = 1, kDeviceToHost = 2, kDeviceToDevice = 3, kDefault = 4 };

enum MemoryType : int { kUnregistered = 0, kHost = 1, kDevice = 2, kManaged = 3 };

constexpr unsigned kStreamNonBlocking = 1;
constexpr unsigned kEventDisableTiming = 2;

const char* error_name(int error);
const char* error_text(int error);

}  // namespace cw::amdhip
