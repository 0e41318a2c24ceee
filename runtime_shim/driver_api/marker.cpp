// Tells this library from NVIDIA's (devices/nvidia/open.cpp), and which runtime it works on (core/driver_library.cpp).
#include "core/internal_api.hpp"

extern "C" {
[[gnu::visibility("default")]] extern const char __cw_libcuda[];
[[gnu::visibility("default")]] const char __cw_libcuda[] = "crosswarp";
[[gnu::visibility("default")]] const void* __cw_libcuda_runtime();
[[gnu::visibility("default")]] const void* __cw_libcuda_runtime() { return __cw_internal_api(); }
}
