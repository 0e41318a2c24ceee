// Kernel descriptors: how a kernel's waves start (LLVM, "User Guide for AMDGPU Backend", kernel descriptor).
#pragma once

#include "emulator/machine/program.hpp"

namespace cw::amd {

struct Descriptor {
  u32 lds_bytes = 0;
  u32 scratch_bytes = 0;  // a lane
  u32 kernarg_bytes = 0;
  i64 entry = 0;  // from the descriptor
  u32 lanes = 64;
  u32 vgprs = 0;       // vector and accumulation registers together
  u32 acc_offset = 0;  // where accumulation registers begin; 0: there are none
  u32 mode = 0;

  // Scalar registers that hold something at the start, in this order.
  bool private_buffer = false;
  bool dispatch_pointer = false;
  bool queue_pointer = false;
  bool kernarg_pointer = false;
  bool dispatch_id = false;
  bool flat_scratch = false;
  bool private_size = false;
  u32 preload_offset = 0, preload_dwords = 0;  // of kernel arguments
  u32 user_sgprs = 0;
  bool group_id[3] = {};
  bool group_info = false;
  bool scratch_offset = false;

  u32 thread_ids = 0;  // 0: x, 1: x and y, 2: all three
  bool dynamic_stack = false;
};

// `bytes`: 64 of them.
Descriptor read_descriptor(const Arch& arch, const u8* bytes);

}  // namespace cw::amd
