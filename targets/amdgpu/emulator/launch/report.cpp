#include "emulator/launch/report.hpp"

#include <stdio.h>
#include <string.h>

#include "emulator/decode/decode.hpp"
#include "emulator/launch/fault_lane.hpp"
#include "emulator/launch/module.hpp"

namespace cw::amd {
namespace {

u32 lane_of(const Wave& wave) {
  if (wave.fault_lane >= 0) return static_cast<u32>(wave.fault_lane);
  const u64 active = wave.exec() & wave.all_lanes();
  return active != 0 ? static_cast<u32>(__builtin_ctzll(active)) : 0;
}

void place_thread(const Dispatch& dispatch, u32 thread, u32 (&out)[3]) {
  out[0] = thread % dispatch.block[0];
  out[1] = thread / dispatch.block[0] % dispatch.block[1];
  out[2] = thread / (dispatch.block[0] * dispatch.block[1]);
}

// The source line, or function and distance.
void write_place(const Module& module, u64 code_offset, char (&out)[256]) {
  SourceLine line;
  u64 distance = 0;
  const Symbol* function = module.function_at(code_offset, &distance);
  if (module.lines().find(module.image().code_begin() + code_offset, &line))
    snprintf(out, sizeof out, "%.200s:%u", line.file, line.line);
  else if (function != nullptr)
    snprintf(out, sizeof out, "%.200s+0x%llx", function->name, static_cast<unsigned long long>(distance));
  else
    snprintf(out, sizeof out, ".text+0x%llx", static_cast<unsigned long long>(code_offset));
}

void write_reason(const Wave& wave, char (&out)[256]) {
  if (wave.fault_address == 0 && !wave.fault_in_memory)
    snprintf(out, sizeof out, "%s", wave.fault);
  else
    snprintf(out, sizeof out, "%s (0x%llx)", wave.fault, static_cast<unsigned long long>(wave.fault_address));
}

}  // namespace

void report(const Dispatch& dispatch, Group& group, cw_amd_fault* out) {
  Wave& wave = group.current();
  if (wave.fault_in_memory && wave.fault_lane < 0) wave.fault_lane = find_fault_lane(wave);
  const cw_amd_kernel& kernel = *dispatch.kernel;
  out->code_offset = wave.fault_at->address;
  out->address = wave.fault_address;
  out->in_memory = wave.fault_in_memory || wave.fault_address != 0;
  memcpy(out->block, group.index(), sizeof out->block);
  place_thread(dispatch, wave.number * wave.lanes + lane_of(wave), out->thread);
  write_reason(wave, out->reason);
  const char* name = name_at(*wave.program, static_cast<u32>(out->code_offset));
  snprintf(out->instruction, sizeof out->instruction, "%s", name != nullptr ? name : "instruction");
  char place[256];
  write_place(*kernel.module, out->code_offset, place);
  snprintf(out->message, sizeof out->message, "kernel %.300s, block (%u,%u,%u), %s (%u,%u,%u): %s at %s: %s", kernel.info.name,
           out->block[0], out->block[1], out->block[2], wave.fault_lane >= 0 ? "thread" : "wave from thread", out->thread[0],
           out->thread[1], out->thread[2], out->instruction, place, out->reason);
}

}  // namespace cw::amd
