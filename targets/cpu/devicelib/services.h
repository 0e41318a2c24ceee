// Calls of the host's services (`cw_cpu_services`). Functions of their own: code that is inlined into kernels must not call
// through pointers, because there such a call passes the thread's context. They take what they need, never the context
// itself, so that the context of a vectorised thread loop stays in registers.
#ifndef CROSSWARP_TARGETS_CPU_SERVICES_H
#define CROSSWARP_TARGETS_CPU_SERVICES_H

#include "state.h"

#define CW_SERVICE(label) __asm__("__cwcpu.service." label) __attribute__((noinline))

namespace crosswarp::cpu {
extern "C" {
int32_t service_print(const cw_cpu_launch* launch, const char* format, const void* arguments) CW_SERVICE("print");
void service_assert(const cw_cpu_launch* launch, const cw_cpu_block* block, u32 x, u32 y, u32 z, const char* expression,
                    const char* file, u32 line, const char* function) CW_SERVICE("assert") __attribute__((noreturn));
void service_trap(const cw_cpu_launch* launch, const cw_cpu_block* block) CW_SERVICE("trap") __attribute__((noreturn));
void* service_allocate(const cw_cpu_launch* launch, u64 bytes) CW_SERVICE("allocate");
void service_release(const cw_cpu_launch* launch, void* pointer) CW_SERVICE("release");
u64 service_globaltimer(const cw_cpu_launch* launch) CW_SERVICE("globaltimer");
}
}  // namespace crosswarp::cpu
#endif
