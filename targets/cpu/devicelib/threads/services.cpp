// What a thread asks of the host: formatted output, failed assertions, the end of the launch, the device heap.
#include "thread.h"

namespace crosswarp::cpu {
extern "C" {

int32_t print(const char* format, const void* arguments) CW_NAMED("printf");
int32_t print(const char* format, const void* arguments) { return context()->block->launch->services->vprintf(format, arguments); }

void fail_assertion(const char* expression, const char* file, u32 line, const char* function) CW_NAMED("assert");
void fail_assertion(const char* expression, const char* file, u32 line, const char* function) {
  const Block* block = context()->block;
  block->launch->services->assert_fail(block->launch, block->block, context()->tid, expression, file, line, function);
  __builtin_unreachable();
}

void trap() CW_NAMED("trap");
void trap() {
  const Block* block = context()->block;
  block->launch->services->trap(block->launch, block->block);
  __builtin_unreachable();
}

void breakpoint() CW_NAMED("brkpt");
void breakpoint() {}

void* allocate(u64 bytes) CW_NAMED("malloc");
void* allocate(u64 bytes) { return context()->block->launch->services->heap_alloc(bytes); }

void release(void* pointer) CW_NAMED("free");
void release(void* pointer) {
  if (pointer) context()->block->launch->services->heap_free(pointer);
}
}
}  // namespace crosswarp::cpu
