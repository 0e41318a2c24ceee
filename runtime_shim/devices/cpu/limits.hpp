// The limits that the CPU device states, those of compute capability 8.0, which its code is compiled for (__CUDA_ARCH__ 800).
#pragma once

#include <cstdint>

namespace cw::cpu {

inline constexpr int kWarpSize = 32;
inline constexpr int kMaxThreadsPerBlock = 1024;
inline constexpr int kMaxThreadsPerProcessor = 2048;
inline constexpr int kMaxBlocksPerProcessor = 32;
inline constexpr int kSharedPerBlock = 48 << 10;
inline constexpr int kSharedPerBlockOptIn = 163 << 10;
inline constexpr int kSharedPerProcessor = 164 << 10;
inline constexpr int kRegistersPerBlock = 65536;

inline constexpr uint64_t kMostCooperativeBlocks = 1 << 18;
// Blocks of a cluster; the second with cudaFuncAttributeNonPortableClusterSizeAllowed (those of compute capability 9.0).
inline constexpr int kPortableCluster = 8;
inline constexpr int kLargestCluster = 16;

}  // namespace cw::cpu
