// The rounding modes that conversions of the narrow formats take. C and C++.
#ifndef CROSSWARP_DEVICE_TYPES_H
#define CROSSWARP_DEVICE_TYPES_H

enum cudaRoundMode { cudaRoundNearest = 0, cudaRoundZero = 1, cudaRoundPosInf = 2, cudaRoundMinInf = 3 };

#endif
