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
// What the C library's assert macro calls.
__device__ __attribute__((noreturn)) void __assert_fail(const char* expression, const char* file, unsigned line,
                                                        const char* function) __asm__("__cw.assert");
}
CW_DEVICE void* malloc(size_t size) { return __cw_malloc(size); }
CW_DEVICE void free(void* pointer) { __cw_free(pointer); }
CW_DEVICE void* memcpy(void* to, const void* from, size_t size) { return __builtin_memcpy(to, from, size); }
CW_DEVICE void* memmove(void* to, const void* from, size_t size) { return __builtin_memmove(to, from, size); }
CW_DEVICE void* memset(void* to, int value, size_t size) { return __builtin_memset(to, value, size); }
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

CW_DEVICE unsigned __isGlobal(const void* pointer) { return __nvvm_isspacep_global(pointer); }
CW_DEVICE unsigned __isShared(const void* pointer) { return __nvvm_isspacep_shared(pointer); }
CW_DEVICE unsigned __isConstant(const void* pointer) { return __nvvm_isspacep_const(pointer); }
CW_DEVICE unsigned __isLocal(const void* pointer) { return __nvvm_isspacep_local(pointer); }

// Addresses within a state space, as the `l`-constrained operands of inline PTX want them.
CW_DEVICE size_t __cvta_generic_to_shared(const void* pointer) {
  return (size_t)(__attribute__((address_space(3))) const void*)pointer;
}
CW_DEVICE size_t __cvta_generic_to_global(const void* pointer) {
  return (size_t)(__attribute__((address_space(1))) const void*)pointer;
}
CW_DEVICE size_t __cvta_generic_to_constant(const void* pointer) {
  return (size_t)(__attribute__((address_space(4))) const void*)pointer;
}
CW_DEVICE void* __cvta_shared_to_generic(size_t address) { return (void*)(__attribute__((address_space(3))) void*)address; }
CW_DEVICE void* __cvta_global_to_generic(size_t address) { return (void*)(__attribute__((address_space(1))) void*)address; }

#endif
