// Which state space a generic address belongs to, and addresses within one (CUDA C++ Programming Guide, "Address Space Predicate
// Functions" and "Address Space Conversion Functions").
#ifndef CROSSWARP_DEVICE_ADDRESS_SPACES_H
#define CROSSWARP_DEVICE_ADDRESS_SPACES_H
#pragma GCC system_header

#include <stddef.h>

#include "../operations.h"
#include "qualifiers.h"

CW_DEVICE unsigned __isGlobal(const void* pointer) { return __nvvm_isspacep_global(pointer); }
CW_DEVICE unsigned __isShared(const void* pointer) { return __nvvm_isspacep_shared(pointer); }
CW_DEVICE unsigned __isConstant(const void* pointer) { return __nvvm_isspacep_const(pointer); }
CW_DEVICE unsigned __isLocal(const void* pointer) { return __nvvm_isspacep_local(pointer); }

// The numbers are LLVM's for NVPTX. Addresses within a space are what the `l`-constrained operands of inline PTX want.
#define CW_CONVERT(space, number)                                               \
  CW_DEVICE size_t __cvta_generic_to_##space(const void* pointer) {             \
    return (size_t)(__attribute__((address_space(number))) const void*)pointer; \
  }                                                                             \
  CW_DEVICE void* __cvta_##space##_to_generic(size_t address) {                 \
    return (void*)(__attribute__((address_space(number))) void*)address;        \
  }
CW_CONVERT(global, 1)
CW_CONVERT(shared, 3)
CW_CONVERT(constant, 4)
CW_CONVERT(local, 5)
#undef CW_CONVERT

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 700
// Kernel parameters have an address space of their own only in PTX.
CW_DEVICE unsigned __isGridConstant(const void* pointer) { return __cw_isspacep_param(pointer); }
CW_DEVICE size_t __cvta_generic_to_grid_constant(const void* pointer) { return __cw_cvta_to_param(pointer); }
CW_DEVICE void* __cvta_grid_constant_to_generic(size_t address) { return __cw_cvta_from_param(address); }
#endif

#endif
