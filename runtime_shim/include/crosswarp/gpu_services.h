// The interface between the runtime shim and AMD device code for printf, assert, trap and the device heap.
//
// A code object that uses any of them defines the device variable `__cw_device_services` (a pointer, null at first). The shim
// writes the address of a cw_gpu_services there when it loads the module, and reads the records after each synchronisation.
// The structure and the record buffer lie in host-coherent memory: device code uses system-scope atomics on them. The heap lies
// in device memory: agent scope is enough there.
//
// Plain C, fixed layout; included by C++ on the host and by C++ for AMDGPU.
#ifndef CROSSWARP_GPU_SERVICES_H
#define CROSSWARP_GPU_SERVICES_H

#include <stdint.h>

#define CW_GPU_SERVICES_ABI 1u
#define CW_GPU_HEAP_CLASSES 48u

#ifdef __cplusplus
extern "C" {
#endif

enum { CW_GPU_FAULT_NONE = 0, CW_GPU_FAULT_ASSERT = 1, CW_GPU_FAULT_TRAP = 2 };

// The heap starts with this header, all zero when the shim hands it over; blocks follow at `sizeof(cw_gpu_heap)`.
//
// malloc(n): class c = the smallest with (16 << c) >= n + 16. Pop from free_list[c], else take (16 << c) bytes by atomic add on
// `used` (give up with null, taking the add back, where sizeof(cw_gpu_heap) + used would pass heap_bytes). The block's first
// 8 bytes hold c; the pointer given out is block + 16. free(p): push block p - 16 on free_list[c].
// A list head is (tag << 32) | (block offset in the heap / 16), 0 in the low half when empty; a push or pop is a compare-and-swap
// that also adds 1 to the tag (no ABA). The second 8 bytes of a free block hold the next block's offset / 16, 0 at the end.
typedef struct cw_gpu_heap {
  uint64_t used;  // bytes handed out after this header
  uint64_t reserved;
  uint64_t free_list[CW_GPU_HEAP_CLASSES];
} cw_gpu_heap;

typedef struct cw_gpu_services {
  uint32_t abi;
  uint32_t size;   // bytes of this structure; later versions only append
  uint32_t fault;  // CW_GPU_FAULT_*; device code sets it from 0 by compare-and-swap: the first fault is the one reported
  uint32_t reserved;
  uint64_t buffer_bytes;
  char* buffer;       // records; every byte is zero before it is reserved
  uint64_t cursor;    // bytes reserved so far: device code adds a record's size (a multiple of 16) to reserve it
  uint64_t dropped;   // records that did not fit: device code adds 1 and writes nothing. (The add on `cursor` stays: it is full.)
  cw_gpu_heap* heap;  // null: malloc returns null
  uint64_t heap_bytes;
} cw_gpu_services;

enum { CW_GPU_RECORD_PRINTF = 1, CW_GPU_RECORD_ASSERT = 2 };

// A record: this header, then its payload. `ready` is stored last, with release order and system scope.
//
// PRINTF: offsets are bytes from the start of the record. The format (NUL-terminated) at `format`; the packed arguments at
// `arguments` (16-byte aligned) as clang packs them for NVPTX, except that the 8 bytes of each %s argument hold the offset of a
// NUL-terminated copy of the string in this record, 0 for a null pointer. `cw_format_next` (printf_format.h) tells the sizes.
// ASSERT: three NUL-terminated strings, one after the other: expression at `format`, then file, then function.
typedef struct cw_gpu_record {
  uint32_t ready;  // 0 until complete, then CW_GPU_RECORD_*
  uint32_t size;   // bytes of header and payload, a multiple of 16
  uint32_t format;
  uint32_t arguments;
  uint32_t line;  // ASSERT
  uint32_t block[3];
  uint32_t thread[3];
  uint32_t reserved;
} cw_gpu_record;

// After an assert record or a trap, device code sets `fault` and ends the wave with s_endpgm: the launch then ends by itself and
// the shim turns the fault into cudaErrorAssert or cudaErrorLaunchFailure. (s_trap would make the HIP runtime end the process.)

#ifdef __cplusplus
}
#endif
#endif
