// Functions of the C library that `__host__ __device__` functions call on their host path, where nvcc warns: on the device they end
// the launch. Included only into sources that need it (frontend/repair/settings.py), because a device function may not call them.
#ifndef CROSSWARP_DEVICE_HOST_CALLS_H
#define CROSSWARP_DEVICE_HOST_CALLS_H
#pragma GCC system_header

#include <stdio.h>
#include <stdlib.h>

#define CW_HOST_CALL(declaration) \
  inline __device__ declaration { __builtin_trap(); }
extern "C" {
CW_HOST_CALL(void abort(void) noexcept)
CW_HOST_CALL(void exit(int) noexcept)
CW_HOST_CALL(void _Exit(int) noexcept)
CW_HOST_CALL(int fprintf(FILE*, const char*, ...))
CW_HOST_CALL(int sprintf(char*, const char*, ...) noexcept)
CW_HOST_CALL(int snprintf(char*, size_t, const char*, ...) noexcept)
CW_HOST_CALL(int puts(const char*))
CW_HOST_CALL(int putchar(int))
CW_HOST_CALL(int fputs(const char*, FILE*))
CW_HOST_CALL(int fputc(int, FILE*))
CW_HOST_CALL(size_t fwrite(const void*, size_t, size_t, FILE*))
}
#undef CW_HOST_CALL

#endif
