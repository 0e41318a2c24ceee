// Kept for sources that include it: channel formats, texture and surface descriptors.
#ifndef CROSSWARP_SURFACE_TYPES_H
#define CROSSWARP_SURFACE_TYPES_H
#include "driver_types.h"
#endif
