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
/* The decoded instruction at a byte offset as a line of JSON (decode/describe.hpp); `half` 1 asks for the second half of VOPD.
   Returns 0 where the offset is not an instruction's or the text does not fit in `size` bytes. */
int cw_amd_program_describe(cw_amd_program* program, uint64_t offset, uint32_t half, char* text, uint32_t size);
/* Runs from the first instruction until the wave ends or faults; barriers are passed at once. */
void cw_amd_run_wave(cw_amd_program* program, cw_amd_wave_state* state);
/* The names of all records, one call each; null after the last. */
const char* cw_amd_record_name(uint32_t index);
/* The name of the record that runs where the assembler writes `name`: itself, or what it is another name of. Null: none. */
const char* cw_amd_record_meaning(const char* name);

/* Code objects, kernels and launches. Every function may be called from any thread. */

typedef struct cw_amd_module cw_amd_module;
typedef struct cw_amd_kernel cw_amd_kernel;

/* Loads an amdhsa ELF shared object (code object version 4, 5 or 6), or the one for `arch` out of a clang offload bundle. Segments
   and variables lie in this process' memory until the module is unloaded. `bytes` is copied. `arch` may be null: any that is
   emulated. Null with a message in `error` where it cannot be loaded. */
cw_amd_module* cw_amd_module_load(const void* bytes, uint64_t size, const char* arch, char* error, uint64_t error_bytes);
/* No launch of one of its kernels may be under way. */
void cw_amd_module_unload(cw_amd_module* module);
/* The processor that its code is for, as in `gfx90a`. */
const char* cw_amd_module_arch(const cw_amd_module* module);
/* A kernel by its name, or null. It belongs to the module. */
const cw_amd_kernel* cw_amd_module_kernel(const cw_amd_module* module, const char* name);
/* All kernels in the order of their metadata; null after the last. */
const cw_amd_kernel* cw_amd_module_kernel_at(const cw_amd_module* module, uint32_t index);
/* The address and the bytes of a variable, or null. */
void* cw_amd_module_symbol(const cw_amd_module* module, const char* name, uint64_t* bytes);
/* All variables that the module exports; null after the last. */
const char* cw_amd_module_symbol_at(const cw_amd_module* module, uint32_t index);

typedef struct {
  uint32_t offset; /* in the kernel argument segment */
  uint32_t bytes;
} cw_amd_argument;

typedef struct {
  const char* name;
  uint32_t lanes; /* of a wave */
  uint32_t vgprs; /* vector registers, accumulation registers not counted where the metadata tells them apart */
  uint32_t agprs;
  uint32_t sgprs;
  uint32_t vgpr_spills; /* registers that the compiler kept in scratch */
  uint32_t sgpr_spills;
  uint32_t lds_bytes;      /* of static shared memory */
  uint32_t scratch_bytes;  /* of private memory a lane; with dynamic_stack not all of it */
  uint32_t dynamic_stack;  /* 1: recursion or calls through pointers */
  uint32_t max_threads;    /* of a block */
  uint32_t kernarg_bytes;  /* of the whole segment */
  uint32_t explicit_bytes; /* up to the end of the last explicit argument */
  uint32_t arguments;      /* explicit ones */
  const cw_amd_argument* argument;
  uint64_t code;       /* address of the first instruction */
  uint64_t code_bytes; /* of the code of all kernels of the code object */
} cw_amd_kernel_info;

const cw_amd_kernel_info* cw_amd_kernel_information(const cw_amd_kernel* kernel);
/* As cw_amd_program_describe, for the code that a kernel belongs to. */
int cw_amd_kernel_describe(const cw_amd_kernel* kernel, uint64_t offset, uint32_t half, char* text, uint32_t size);

/* What a launch executed. Counted a wave instruction at a time. */
typedef struct {
  uint64_t waves;
  uint64_t instructions; /* all that follow together */
  uint64_t valu;         /* vector arithmetic; VOPD counts once */
  uint64_t matrix;       /* MFMA and WMMA */
  uint64_t salu;
  uint64_t branch;
  uint64_t sync; /* waits, barriers, s_nop and hints */
  uint64_t smem; /* scalar loads */
  uint64_t lds;
  uint64_t vmem; /* global, flat, buffer */
  uint64_t scratch;
  /* Aligned pieces of global memory that the active lanes of one vector memory instruction touch, summed over all. */
  uint64_t transactions_32, transactions_64, transactions_128;
  uint64_t lds_bytes; /* of LDS that active lanes read or wrote */
  /* In: a counter for each dword of the code (cw_amd_kernel_info.code_bytes), how often the instruction there ran; null: not
     wanted. */
  uint64_t* executed_at;
} cw_amd_launch_statistics;

typedef struct {
  uint32_t grid[3];  /* blocks */
  uint32_t block[3]; /* threads */
  uint32_t dynamic_lds_bytes;
  uint32_t cooperative;  /* all blocks are resident together */
  const void* arguments; /* the explicit ones, laid out as in cw_amd_kernel_info.argument */
  uint64_t argument_bytes;
  uint32_t stack_bytes; /* private memory a lane for kernels with dynamic_stack; 0: a default */
  uint32_t reserved;
  /* Values of hidden arguments, 0 where there is none. */
  uint64_t printf_buffer, hostcall_buffer, heap;
  cw_amd_launch_statistics* statistics; /* added to; null: not counted */
} cw_amd_launch_request;

typedef enum {
  CW_AMD_SUCCESS = 0,
  CW_AMD_INVALID = 1, /* a launch that cannot be: sizes, arguments */
  CW_AMD_FAULT = 2,   /* a wave was stopped */
  CW_AMD_MEMORY = 3   /* no memory for it */
} cw_amd_result;

/* What stopped a launch. */
typedef struct {
  char message[1024]; /* one line: kernel, block, thread, instruction, address, reason */
  char reason[256];
  char instruction[64];
  uint32_t block[3];
  uint32_t thread[3];
  uint64_t code_offset; /* of the instruction, from the beginning of the code object's .text */
  uint64_t address;     /* of memory, where the reason is one */
  uint32_t in_memory;   /* 1: the reason is an address */
  uint32_t reserved;
} cw_amd_fault;

/* Runs a grid and returns when it has ended. `fault` may be null. */
cw_amd_result cw_amd_launch(const cw_amd_kernel* kernel, const cw_amd_launch_request* request, cw_amd_fault* fault);

/* The books of memory for the checks of CROSSWARP_EMU_CHECK (machine/checks.hpp); without them these do nothing. Who gives memory
   to programs says so: an access of a kernel outside of what is allocated is reported. */
typedef enum {
  CW_AMD_MEMORY_FRESH = 0,  /* written only by kernels, and through the functions below */
  CW_AMD_MEMORY_WRITTEN = 1 /* all of it counts as written: memory that the program itself can write */
} cw_amd_memory_kind;

void cw_amd_memory_allocated(const void* memory, uint64_t bytes, cw_amd_memory_kind kind);
void cw_amd_memory_freed(const void* memory);
void cw_amd_memory_written(const void* memory, uint64_t bytes);
/* `to` holds what `from` holds, bytes that nobody has written among them. */
void cw_amd_memory_copied(const void* to, const void* from, uint64_t bytes);

#ifdef __cplusplus
}
#endif
#endif
