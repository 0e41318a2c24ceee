// operator new and delete in device code, on the device heap. Like CUDA's they give a null pointer when the heap is full.
#ifndef CROSSWARP_DEVICE_ALLOCATION_H
#define CROSSWARP_DEVICE_ALLOCATION_H
#pragma GCC system_header

#include <stddef.h>

#include <new>

#include "../operations.h"

#define CW_OPERATOR __device__ inline
CW_OPERATOR void* operator new(size_t size) { return __cw_malloc(size ? size : 1); }
CW_OPERATOR void* operator new[](size_t size) { return __cw_malloc(size ? size : 1); }
CW_OPERATOR void* operator new(size_t size, const std::nothrow_t&) noexcept { return __cw_malloc(size ? size : 1); }
CW_OPERATOR void* operator new[](size_t size, const std::nothrow_t&) noexcept { return __cw_malloc(size ? size : 1); }
CW_OPERATOR void operator delete(void* pointer) noexcept { __cw_free(pointer); }
CW_OPERATOR void operator delete[](void* pointer) noexcept { __cw_free(pointer); }
CW_OPERATOR void operator delete(void* pointer, size_t) noexcept { __cw_free(pointer); }
CW_OPERATOR void operator delete[](void* pointer, size_t) noexcept { __cw_free(pointer); }
// Placement forms: nothing to allocate.
CW_OPERATOR void* operator new(size_t, void* place) noexcept { return place; }
CW_OPERATOR void* operator new[](size_t, void* place) noexcept { return place; }
CW_OPERATOR void operator delete(void*, void*) noexcept {}
CW_OPERATOR void operator delete[](void*, void*) noexcept {}
#undef CW_OPERATOR

#endif
