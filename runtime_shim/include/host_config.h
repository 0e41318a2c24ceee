// Kept for sources that include it: any host compiler is accepted.
#ifndef CROSSWARP_HOST_CONFIG_H
#define CROSSWARP_HOST_CONFIG_H
#include "host_defines.h"
#endif
