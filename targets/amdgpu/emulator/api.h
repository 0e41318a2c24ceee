/* The emulator's C interface: `libcrosswarp_amdgpu.so`. */
#ifndef CW_AMDGPU_EMULATOR_API_H
#define CW_AMDGPU_EMULATOR_API_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cw_amd_program cw_amd_program;

/* One wave on its own: registers in, registers out. For tests, and to look at what code does. */
typedef struct {
  uint32_t* vgpr; /* [vgprs][lanes]; accumulation registers follow from acc_offset on */
  uint32_t vgprs;
  uint32_t acc_offset;
  uint32_t* sgpr; /* 132, numbered as enum ScalarRegister in machine/instruction.hpp */
  uint32_t scc;
  uint32_t mode;
  uint8_t* lds;
  uint32_t lds_bytes;
  uint8_t* scratch; /* as the hardware lays it out, machine/wave.hpp */
  uint32_t scratch_bytes;
  uint32_t state; /* out: 3 ended, 4 faulted; machine/wave.hpp */
  uint64_t executed;
  uint64_t fault_offset; /* in the code */
  char fault[256];
} cw_amd_wave_state;

/* Null for an architecture that is not emulated. `code` must outlive the program. */
cw_amd_program* cw_amd_program_new(const char* arch, uint32_t lanes, const uint8_t* code, uint64_t bytes);
void cw_amd_program_delete(cw_amd_program* program);
/* The name of the instruction at a byte offset, or null; its length in bytes in *size. */
const char* cw_amd_program_name_at(cw_amd_program* program, uint64_t offset, uint32_t* size);
/* Runs from the first instruction until the wave ends or faults; barriers are passed at once. */
void cw_amd_run_wave(cw_amd_program* program, cw_amd_wave_state* state);
/* The names of all records, one call each; null after the last. */
const char* cw_amd_record_name(uint32_t index);

#ifdef __cplusplus
}
#endif
#endif
