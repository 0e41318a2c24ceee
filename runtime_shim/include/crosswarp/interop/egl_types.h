// EGL's types: its headers' where the machine has them.
#ifndef CROSSWARP_INTEROP_EGL_TYPES_H
#define CROSSWARP_INTEROP_EGL_TYPES_H

#if __has_include(<EGL/egl.h>) && __has_include(<EGL/eglext.h>)
#include <EGL/egl.h>
#include <EGL/eglext.h>
#else
typedef int EGLint;
typedef void* EGLImageKHR;
typedef void* EGLStreamKHR;
typedef void* EGLSyncKHR;
#endif

#endif
