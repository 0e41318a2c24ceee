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
u32 service_phase(const cw_cpu_meeting* meeting) CW_SERVICE("phase");
u64 service_globaltimer(const cw_cpu_launch* launch) CW_SERVICE("globaltimer");
void* service_child_parameters(const cw_cpu_launch* launch, u64 align, u64 bytes) CW_SERVICE("child_parameters");
int32_t service_child_launch(const cw_cpu_launch* launch, const cw_cpu_kernel* kernel, void* parameters, u32 grid_x, u32 grid_y,
                             u32 grid_z, u32 block_x, u32 block_y, u32 block_z, u32 dynamic_shared, u64 stream)
    CW_SERVICE("child_launch");
int32_t service_child_copy(const cw_cpu_launch* launch, void* to, const void* from, u64 to_pitch, u64 from_pitch, u64 width,
                           u64 height) CW_SERVICE("child_copy");
int32_t service_child_fill(const cw_cpu_launch* launch, void* to, int32_t value, u64 pitch, u64 width, u64 height)
    CW_SERVICE("child_fill");
int32_t service_child_wait(const cw_cpu_launch* launch) CW_SERVICE("child_wait");
int32_t service_child_error(const cw_cpu_launch* launch, int32_t clear) CW_SERVICE("child_error");
}
}  // namespace crosswarp::cpu
#endif
