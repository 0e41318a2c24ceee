// Kept for sources that include it.
#ifndef CROSSWARP_CRT_HOST_CONFIG_H
#define CROSSWARP_CRT_HOST_CONFIG_H
#include "../host_config.h"
#endif
