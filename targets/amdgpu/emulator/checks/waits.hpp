// Registers that a load may still fill: which counters must be waited for before they are used.
#pragma once

#include "emulator/machine/wave.hpp"

namespace cw::amd {

// A wait for a counter leaves at most N of its operations under way. Operations of one kind complete in the order in which they
// were issued, so that all but the last N of a kind are complete; scalar loads complete in any order, so that only N = 0 tells
// anything.
//
//            gfx9 (90a, 942)         gfx10, gfx11                       gfx12
// vector     vmcnt, stores too       vmcnt (stores: vscnt)              loadcnt (stores: storecnt)
// LDS        lgkmcnt                 lgkmcnt                            dscnt
// scalar     lgkmcnt                 lgkmcnt                            kmcnt
//
// FLAT instructions count as vector and as LDS; the data come from where the addresses point to.
class WaitCheck {
 public:
  void before(const Wave& wave, const Instruction& instruction);
  void touch(const Touch& touch);
  void after(const Wave& wave, const Instruction& instruction);

 private:
  enum Counted : u8 { kVector, kLds, kScalar, kMessage, kKinds };
  struct Pending {
    u64 number[kKinds] = {};  // of the operation that fills the register; 0: none
    const Instruction* load = nullptr;
  };
  static constexpr u32 kVectorRegisters = 512;

  bool is_pending(const Pending& pending) const;
  void wait(const Wave& wave, const Instruction& instruction);
  void complete(Counted kind, u32 left);
  void issue(const Wave& wave, const Instruction& instruction);
  void issue_vector(const Wave& wave, const Instruction& instruction);
  void mark(const Instruction& instruction, u32 kinds);
  void check(const Wave& wave, const Instruction& instruction, const Operand& operand, u32 count, bool writes);

  u64 issued_[kKinds] = {}, done_[kKinds] = {};
  Pending vgpr_[kVectorRegisters], sgpr_[kScalarRegisters];
  bool touched_lds_ = false, touched_memory_ = false;  // by the instruction that runs
};

}  // namespace cw::amd
