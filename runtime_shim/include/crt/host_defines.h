// Kept for sources that include it.
#ifndef CROSSWARP_CRT_HOST_DEFINES_H
#define CROSSWARP_CRT_HOST_DEFINES_H
#include "../host_defines.h"
#endif
