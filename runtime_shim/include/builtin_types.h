// Kept for sources that include it: all of the runtime's types.
#ifndef CROSSWARP_BUILTIN_TYPES_H
#define CROSSWARP_BUILTIN_TYPES_H
#include "driver_types.h"
#include "vector_types.h"
#endif
