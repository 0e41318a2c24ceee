// Messages, traps, clocks. Numbers of messages: LLVM's AMDGPU usage guide and the ISA documents.
#include "emulator/machine/clock.hpp"
#include "emulator/machine/scalar_alu.hpp"

namespace cw::amd {
namespace {

enum Message : u32 {
  kInterrupt = 1,
  kDeallocVgprs = 3,  // gfx11 and later: registers are no longer needed
  kReturnsRealTime = 0x83,
};

RECORD(s_sendmsg) {
  const u32 message = static_cast<u32>(i.immediate) & 0xff;
  const bool deallocates = message == kDeallocVgprs && w.program->arch().isa >= Isa::kGfx11;
  // Interrupts tell the host to look at memory that it also looks at by itself.
  return deallocates || message == kInterrupt ? after(i) : stop(w, i, "a message that nobody receives");
}

RECORD(s_sendmsg_rtn_b64) {
  if (i.immediate != kReturnsRealTime) return stop(w, i, "a message that nobody answers");
  write_scalar(w, i.destination, real_time());
  return after(i);
}

RECORD(s_sendmsg_rtn_b32) { return stop(w, i, "a message that nobody answers"); }

RECORD(s_memtime) {
  write_scalar(w, i.destination, shader_cycles());
  return after(i);
}
RECORD(s_memrealtime) {
  write_scalar(w, i.destination, real_time());
  return after(i);
}

// Trap 2 is llvm.trap; 3 is llvm.debugtrap, which without a debugger does nothing.
RECORD(s_trap) {
  const u32 number = static_cast<u32>(i.immediate) & 0xff;
  if (number == 3) return after(i);
  return stop(w, i, number == 2 ? "a trap of the program" : "a trap without a handler");
}
RECORD(s_sethalt) { return (i.immediate & 1) == 0 ? after(i) : stop(w, i, "halted by the program"); }
RECORD(s_setkill) { return (i.immediate & 1) == 0 ? after(i) : stop(w, i, "killed by the program"); }
RECORD(s_sendmsghalt) { return stop(w, i, "halted by the program"); }
RECORD(s_code_end) { return stop(w, i, "the end of the code"); }

}  // namespace
}  // namespace cw::amd
