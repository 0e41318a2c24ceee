// Memory that a workgroup runs in: registers, LDS, scratch. Kept from group to group and launch to launch.
#pragma once

#include "core/allocated.hpp"
#include "core/vector.hpp"
#include "emulator/launch/dispatch.hpp"

namespace cw::amd {

class GroupMemory {
 public:
  GroupMemory() = default;
  GroupMemory(const GroupMemory&) = delete;
  GroupMemory& operator=(const GroupMemory&) = delete;
  ~GroupMemory();
  // Enough for a group of the dispatch; false when there is no memory.
  bool reserve(const Dispatch& dispatch);
  u32* registers(u32 wave) const { return reinterpret_cast<u32*>(memory_ + register_stride_ * wave); }
  u8* lds() const { return memory_ + lds_at_; }
  u8* scratch(u32 wave) const { return memory_ + scratch_at_ + scratch_stride_ * wave; }

  // Registers there is room for, whatever the kernel says it uses: a register number is never out of the memory.
  static u32 register_rows(const Arch& arch) { return arch.is_rdna() ? 256 : 512; }

 private:
  u8* memory_ = nullptr;
  u64 bytes_ = 0;
  u64 register_stride_ = 0, lds_at_ = 0, scratch_at_ = 0, scratch_stride_ = 0;
};

}  // namespace cw::amd
