#include <stdio.h>
#include <string.h>

#include "core/allocated.hpp"
#include "emulator/api.h"
#include "emulator/checks/group_check.hpp"
#include "emulator/decode/decode.hpp"
#include "emulator/decode/describe.hpp"
#include "emulator/machine/record.hpp"
#include "emulator/machine/wave.hpp"

#define EXPORT extern "C" __attribute__((visibility("default")))

using namespace cw;
using namespace cw::amd;

struct cw_amd_program : Allocated {
  cw_amd_program(const Arch& arch, u32 lanes, const u8* code, u64 bytes) : program(arch, lanes, code, bytes) {}
  Program program;
};

EXPORT cw_amd_program* cw_amd_program_new(const char* arch, uint32_t lanes, const uint8_t* code, uint64_t bytes) {
  const Arch* found = find_arch(arch);
  return found != nullptr ? new cw_amd_program(*found, lanes, code, bytes) : nullptr;
}

EXPORT void cw_amd_program_delete(cw_amd_program* program) { delete program; }

EXPORT const char* cw_amd_program_name_at(cw_amd_program* program, uint64_t offset, uint32_t* size) {
  const Program& p = program->program;
  if (offset % 4 != 0 || offset >= p.bytes()) return nullptr;
  *size = 4u * decode_instruction(p, static_cast<u32>(offset)).dwords;
  return name_at(p, static_cast<u32>(offset));
}

EXPORT int cw_amd_program_describe(cw_amd_program* program, uint64_t offset, uint32_t half, char* text, uint32_t size) {
  return describe_at(program->program, offset, half, text, size);
}

EXPORT const char* cw_amd_record_name(uint32_t index) {
  const Record* record = all_records();
  while (record != nullptr && index-- != 0) record = record->next;
  return record != nullptr ? record->name : nullptr;
}

EXPORT const char* cw_amd_record_meaning(const char* name) {
  const Record* record = find_record(name);
  return record != nullptr ? record->name : nullptr;
}

EXPORT void cw_amd_run_wave(cw_amd_program* program, cw_amd_wave_state* s) {
  Wave w;
  w.program = &program->program;
  w.lanes = w.program->lanes();
  w.next = w.program->at(reinterpret_cast<u64>(w.program->code()));
  w.vgpr = s->vgpr;
  w.vgprs = s->vgprs;
  w.acc_offset = s->acc_offset;
  memcpy(w.sgpr, s->sgpr, sizeof w.sgpr);
  w.scc = s->scc != 0;
  w.mode = s->mode;
  w.lds = s->lds;
  w.lds_bytes = s->lds_bytes;
  w.scratch = s->scratch;
  w.scratch_bytes = s->scratch_bytes;
  const Owned<GroupCheck> check(enabled_checks() != 0 ? new GroupCheck(Origin{}, 1, w.lds_bytes) : nullptr);
  do check ? check->run(w) : run(w);
  while (w.state == State::kBarrier || w.state == State::kYielded);
  memcpy(s->sgpr, w.sgpr, sizeof w.sgpr);
  s->scc = w.scc;
  s->mode = w.mode;
  s->state = static_cast<u32>(w.state);
  s->executed = w.executed;
  s->fault_offset = w.fault_at != nullptr ? w.fault_at->address : 0;
  snprintf(s->fault, sizeof s->fault, "%s", w.fault != nullptr ? w.fault : "");
}
