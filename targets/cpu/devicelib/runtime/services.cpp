#include "../services.h"

#include "../meeting.h"

namespace crosswarp::cpu {
extern "C" {

int32_t service_print(const cw_cpu_launch* launch, const char* format, const void* arguments) {
  return launch->services->vprintf(format, arguments);
}

void service_assert(const cw_cpu_launch* launch, const cw_cpu_block* block, u32 x, u32 y, u32 z, const char* expression,
                    const char* file, u32 line, const char* function) {
  const u32 tid[3] = {x, y, z};
  launch->services->assert_fail(launch, block, tid, expression, file, line, function);
  __builtin_trap();
}

void service_trap(const cw_cpu_launch* launch, const cw_cpu_block* block) {
  launch->services->trap(launch, block);
  __builtin_trap();
}

void* service_allocate(const cw_cpu_launch* launch, u64 bytes) { return launch->services->heap_alloc(bytes); }

void service_release(const cw_cpu_launch* launch, void* pointer) {
  if (pointer) launch->services->heap_free(pointer);
}

u32 service_phase(const cw_cpu_meeting* meeting) { return phase_of(*meeting); }

u64 service_globaltimer(const cw_cpu_launch* launch) { return launch->services->globaltimer(); }

void* service_child_parameters(const cw_cpu_launch* launch, u64 align, u64 bytes) {
  return launch->services->child_parameters(align, bytes);
}

int32_t service_child_launch(const cw_cpu_launch* launch, const cw_cpu_kernel* kernel, void* parameters, u32 grid_x, u32 grid_y,
                             u32 grid_z, u32 block_x, u32 block_y, u32 block_z, u32 dynamic_shared, u64 stream) {
  const u32 grid[3] = {grid_x, grid_y, grid_z};
  const u32 block[3] = {block_x, block_y, block_z};
  return launch->services->child_launch(kernel, parameters, grid, block, dynamic_shared, stream);
}

int32_t service_child_copy(const cw_cpu_launch* launch, void* to, const void* from, u64 to_pitch, u64 from_pitch, u64 width,
                           u64 height) {
  return launch->services->child_copy(to, from, to_pitch, from_pitch, width, height);
}

int32_t service_child_fill(const cw_cpu_launch* launch, void* to, int32_t value, u64 pitch, u64 width, u64 height) {
  return launch->services->child_fill(to, value, pitch, width, height);
}

int32_t service_child_wait(const cw_cpu_launch* launch) { return launch->services->child_wait(); }

int32_t service_child_error(const cw_cpu_launch* launch, int32_t clear) { return launch->services->child_error(clear); }
}
}  // namespace crosswarp::cpu
