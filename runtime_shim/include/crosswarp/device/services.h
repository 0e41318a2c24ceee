// printf, assert, traps, the device heap, clocks and fences.
#ifndef CROSSWARP_DEVICE_SERVICES_H
#define CROSSWARP_DEVICE_SERVICES_H
#pragma GCC system_header

#include <stddef.h>

#include "../operations.h"
#include "qualifiers.h"

extern "C" {
// clang lowers device calls to vprintf(format, packed arguments).
__device__ int printf(const char*, ...) __attribute__((format(printf, 1, 2)));
}
// What the C library's assert macro calls. A program may declare that function again for both sides, as CCCL does with NDEBUG: ours
// are overloads beside it, in device passes the preferred one (`enable_if`), in host passes the least (`...`).
#ifdef __CUDA_ARCH__
__device__
    __attribute__((noreturn, enable_if(true, ""))) void __assert_fail(const char* expression, const char* file, unsigned line,
                                                                      const char* function) __asm__("__cw.assert");
#else
__device__ __attribute__((noreturn)) void __assert_fail(const char* expression, const char* file, unsigned line, ...);
#endif
CW_DEVICE void* malloc(size_t size) { return __cw_malloc(size); }
CW_DEVICE void free(void* pointer) { __cw_free(pointer); }
CW_DEVICE void* memcpy(void* to, const void* from, size_t size) { return __builtin_memcpy(to, from, size); }
CW_DEVICE void* memmove(void* to, const void* from, size_t size) { return __builtin_memmove(to, from, size); }
CW_DEVICE void* memset(void* to, int value, size_t size) { return __builtin_memset(to, value, size); }
CW_HOST_DEVICE void __assume(bool condition) { __builtin_assume(condition); }
CW_DEVICE void __trap(void) { __cw_trap(); }
CW_DEVICE void __brkpt(void) { __cw_brkpt(); }

CW_DEVICE void __threadfence_block(void) { __cw_fence_cta(); }
CW_DEVICE void __threadfence(void) { __cw_fence_gpu(); }
CW_DEVICE void __threadfence_system(void) { __cw_fence_sys(); }

CW_DEVICE long long clock64(void) { return (long long)__nvvm_read_ptx_sreg_clock64(); }
CW_DEVICE void __nanosleep(unsigned nanoseconds) {
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
  __nvvm_nanosleep(nanoseconds);
#endif
}

// Counters of a profiler that does not exist here.
CW_DEVICE void __prof_trigger(int counter) { (void)counter; }
CW_DEVICE void __pm0(void) {}
CW_DEVICE void __pm1(void) {}
CW_DEVICE void __pm2(void) {}
CW_DEVICE void __pm3(void) {}

#endif
