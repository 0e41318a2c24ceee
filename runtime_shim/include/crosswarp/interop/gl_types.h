// OpenGL's types: its header's where the machine has it; a loader's header declares the same.
#ifndef CROSSWARP_INTEROP_GL_TYPES_H
#define CROSSWARP_INTEROP_GL_TYPES_H

#if __has_include(<GL/gl.h>)
#include <GL/gl.h>
#else
typedef unsigned int GLenum;
typedef unsigned int GLuint;
#endif

#endif
