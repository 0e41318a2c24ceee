// Tells this library from NVIDIA's (devices/nvidia/open.cpp).
extern "C" {
[[gnu::visibility("default")]] extern const char __cw_libcuda[];
[[gnu::visibility("default")]] const char __cw_libcuda[] = "crosswarp";
}
