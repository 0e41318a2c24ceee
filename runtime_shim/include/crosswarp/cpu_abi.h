// The binary interface between the CPU device of the runtime shim and a CPU code object.
// Plain C, fixed layout, x86-64 and aarch64 alike. docs/contracts.md refers to it.
#ifndef CROSSWARP_CPU_ABI_H
#define CROSSWARP_CPU_ABI_H

#include <stdint.h>

#define CW_CPU_ABI_VERSION 2u
// A new arena starts with this many zero bytes (or is all zero, if smaller); after that only code objects write to it.
#define CW_CPU_ARENA_HEAD 4096u

#ifdef __cplusplus
extern "C" {
#endif

struct cw_cpu_launch;
struct cw_cpu_block;
struct cw_cpu_kernel;

// What device code may ask of the host. The shim fills one table for the whole process.
typedef struct cw_cpu_services {
  uint32_t abi;
  uint32_t size;  // bytes of this table; later versions only append
  // Formats like CUDA's device printf. `args` is packed as clang packs varargs for NVPTX. Returns the argument count, -1 on a bad
  // format.
  int32_t (*vprintf)(const char* format, const void* args);
  // The next two end the launch: they leave the block and never return to device code.
  void (*assert_fail)(const struct cw_cpu_launch*, const struct cw_cpu_block*, const uint32_t thread_idx[3], const char* expression,
                      const char* file, uint32_t line, const char* function);
  void (*trap)(const struct cw_cpu_launch*, const struct cw_cpu_block*);
  void* (*heap_alloc)(uint64_t bytes);  // 16-byte aligned, null when the device heap is full
  void (*heap_free)(void*);
  uint64_t (*globaltimer)(void);  // nanoseconds
  // Work that the running block submits: done in order once the block has ended or waits for it. Results are cudaError_t.
  void* (*child_parameters)(uint64_t align, uint64_t bytes);  // released by the launch
  int32_t (*child_launch)(const struct cw_cpu_kernel*, void* parameters, const uint32_t grid[3], const uint32_t block[3],
                          uint32_t dynamic_shared, uint64_t stream);
  int32_t (*child_copy)(void* to, const void* from, uint64_t to_pitch, uint64_t from_pitch, uint64_t width, uint64_t height);
  int32_t (*child_fill)(void* to, int32_t value, uint64_t pitch, uint64_t width, uint64_t height);
  int32_t (*child_wait)(void);
  int32_t (*child_error)(int32_t clear);
} cw_cpu_services;

// A barrier of blocks, counted by device code.
typedef struct cw_cpu_meeting {
  uint64_t counts;  // atomic: blocks that have not ended << 32 | blocks that have arrived
  uint32_t phase;   // atomic: one more each time all have arrived; 0 when the launch begins
  uint32_t reserved;
} cw_cpu_meeting;

typedef struct cw_cpu_launch {
  uint32_t grid[3];
  uint32_t block[3];
  uint32_t dynamic_shared;  // bytes
  uint32_t cooperative;     // 1: blocks may meet at the grid's barrier
  const void* params;       // kernel parameters at the offsets of cw_cpu_kernel.params
  const cw_cpu_services* services;
  cw_cpu_meeting* meeting;     // the grid's; null unless cooperative
  uint32_t cluster[3];         // blocks of a cluster: 1, 1, 1 without clusters
  uint32_t explicit_clusters;  // 1: the program gave the size
} cw_cpu_launch;

// Blocks that reach each other's shared memory. One thread of the host runs them in turns.
typedef struct cw_cpu_cluster {
  cw_cpu_meeting meeting;
  const struct cw_cpu_block* const* blocks;  // by rank
} cw_cpu_cluster;

typedef struct cw_cpu_block {
  uint32_t ctaid[3];
  uint32_t resumed;  // 0 at the first call of a block; 1 when called again
  void* shared;      // 128-byte aligned; static shared memory, then dynamic shared memory at the next multiple of shared_align
  void* arena;       // 128-byte aligned, at least arena_bytes(launch); kept between suspensions
  cw_cpu_cluster* cluster;  // null: a cluster of its own
} cw_cpu_block;

// What run_block came to. The last two: call it again, after other blocks have had a turn; at each such call, and only then, the
// block may go on with another thread of the host.
//   DEADLOCK   its threads wait at different barriers
//   SUSPENDED  it waits for other blocks: at a barrier, or by looking at memory again and again
//   IDLE       as before: it waits at a barrier, and nothing has happened in this call
enum { CW_CPU_DONE = 0, CW_CPU_SUSPENDED = 1, CW_CPU_DEADLOCK = 2, CW_CPU_IDLE = 3 };

typedef struct cw_cpu_param {
  uint32_t offset;
  uint32_t size;
} cw_cpu_param;

enum { CW_CPU_MODEL_LOOP = 1, CW_CPU_MODEL_WARP = 2, CW_CPU_MODEL_COROUTINE = 3, CW_CPU_MODEL_FIBER = 4 };

typedef struct cw_cpu_kernel {
  uint32_t abi;
  uint32_t model;    // how the kernel runs; for reports only
  const char* name;  // mangled
  int32_t (*run_block)(const cw_cpu_launch*, cw_cpu_block*);
  uint64_t (*arena_bytes)(const cw_cpu_launch*);  // null: none needed
  uint32_t static_shared;                         // bytes
  uint32_t shared_align;                          // at least 16
  uint32_t param_count;
  uint32_t param_bytes;
  const cw_cpu_param* params;
  uint32_t max_threads;  // per block: launch bounds, or 1024
  uint32_t local_bytes;  // per thread, 0 if unknown
  uint32_t uses_grid_sync;
  uint32_t cluster;  // compile-time size of a cluster: x | y << 10 | z << 20, 0: none
} cw_cpu_kernel;

enum { CW_CPU_VAR_DEVICE = 0, CW_CPU_VAR_CONSTANT = 1, CW_CPU_VAR_MANAGED = 2 };

typedef struct cw_cpu_variable {
  const char* name;  // mangled
  void* address;
  uint64_t size;
  uint32_t kind;
  uint32_t reserved;
} cw_cpu_variable;

// Exported by each CPU code object under the name `__cw_cpu_module`.
typedef struct cw_cpu_module {
  uint32_t abi;
  uint32_t kernel_count;
  const cw_cpu_kernel* const* kernels;
  uint32_t variable_count;
  uint32_t reserved;
  const cw_cpu_variable* variables;
} cw_cpu_module;

#ifdef __cplusplus
}
#endif
#endif
