// What a thread asks of the host: formatted output, failed assertions, the end of the launch, the device heap.
#include "../services.h"

#include "thread.h"

namespace crosswarp::cpu {
extern "C" {

int32_t print(const char* format, const void* arguments) CW_NAMED("printf");
int32_t print(const char* format, const void* arguments) { return service_print(context()->block->launch, format, arguments); }

void fail_assertion(const char* expression, const char* file, u32 line, const char* function) CW_NAMED("assert");
void fail_assertion(const char* expression, const char* file, u32 line, const char* function) {
  const u32* tid = context()->tid;
  service_assert(context()->block->launch, context()->block->block, tid[0], tid[1], tid[2], expression, file, line, function);
}

void trap() CW_NAMED("trap");
void trap() { service_trap(context()->block->launch, context()->block->block); }

void breakpoint() CW_NAMED("brkpt");
void breakpoint() {}

void* allocate(u64 bytes) CW_NAMED("malloc");
void* allocate(u64 bytes) { return service_allocate(context()->block->launch, bytes); }

void release(void* pointer) CW_NAMED("free");
void release(void* pointer) { service_release(context()->block->launch, pointer); }

// C++'s `operator new` and `operator delete` in device code.
#define CW_NEW(name, label)                                            \
  void* name(u64 bytes) __asm__(label) __attribute__((always_inline)); \
  void* name(u64 bytes) { return allocate(bytes); }
CW_NEW(new_object, "_Znwm")
CW_NEW(new_array, "_Znam")
#define CW_DELETE(name, label, ...)                                                   \
  void name(void* pointer __VA_ARGS__) __asm__(label) __attribute__((always_inline)); \
  void name(void* pointer __VA_ARGS__) { release(pointer); }
CW_DELETE(delete_object, "_ZdlPv")
CW_DELETE(delete_array, "_ZdaPv")
CW_DELETE(delete_sized_object, "_ZdlPvm", , u64)
CW_DELETE(delete_sized_array, "_ZdaPvm", , u64)

// Work that the thread submits.
void* child_parameters(u64 align, u64 bytes) CW_NAMED("child.parameters");
void* child_parameters(u64 align, u64 bytes) { return service_child_parameters(context()->block->launch, align, bytes); }

int32_t child_launch(const cw_cpu_kernel* kernel, void* parameters, u32 grid_x, u32 grid_y, u32 grid_z, u32 block_x, u32 block_y,
                     u32 block_z, u32 dynamic_shared, u64 stream) CW_NAMED("child.launch");
int32_t child_launch(const cw_cpu_kernel* kernel, void* parameters, u32 grid_x, u32 grid_y, u32 grid_z, u32 block_x, u32 block_y,
                     u32 block_z, u32 dynamic_shared, u64 stream) {
  return service_child_launch(context()->block->launch, kernel, parameters, grid_x, grid_y, grid_z, block_x, block_y, block_z,
                              dynamic_shared, stream);
}

int32_t child_copy(void* to, const void* from, u64 to_pitch, u64 from_pitch, u64 width, u64 height) CW_NAMED("child.copy");
int32_t child_copy(void* to, const void* from, u64 to_pitch, u64 from_pitch, u64 width, u64 height) {
  return service_child_copy(context()->block->launch, to, from, to_pitch, from_pitch, width, height);
}

int32_t child_fill(void* to, int32_t value, u64 pitch, u64 width, u64 height) CW_NAMED("child.fill");
int32_t child_fill(void* to, int32_t value, u64 pitch, u64 width, u64 height) {
  return service_child_fill(context()->block->launch, to, value, pitch, width, height);
}

int32_t child_wait() CW_NAMED("child.wait");
int32_t child_wait() { return service_child_wait(context()->block->launch); }

int32_t child_error(int32_t clear) CW_NAMED("child.error");
int32_t child_error(int32_t clear) { return service_child_error(context()->block->launch, clear); }

u64 read_globaltimer() CW_NVVM("read.ptx.sreg.globaltimer");
u64 read_globaltimer() { return service_globaltimer(context()->block->launch); }
}
}  // namespace crosswarp::cpu
