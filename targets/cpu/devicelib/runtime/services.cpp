#include "../services.h"

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

u64 service_globaltimer(const cw_cpu_launch* launch) { return launch->services->globaltimer(); }
}
}  // namespace crosswarp::cpu
