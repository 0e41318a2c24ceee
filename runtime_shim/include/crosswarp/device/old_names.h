// Names of CUDA's first releases that its headers still declare.
#ifndef CROSSWARP_DEVICE_OLD_NAMES_H
#define CROSSWARP_DEVICE_OLD_NAMES_H
#pragma GCC system_header

#include "../../device_types.h"
#include "arithmetic.h"
#include "casts.h"

// The rounding mode is an argument. `f` with its four suffixes takes `arguments`.
#define CW_ROUNDED(R, name, parameters, f, arguments)    \
  CW_DEVICE R name parameters {                          \
    return mode == cudaRoundZero     ? f##_rz arguments  \
           : mode == cudaRoundPosInf ? f##_ru arguments  \
           : mode == cudaRoundMinInf ? f##_rd arguments  \
                                     : f##_rn arguments; \
  }
CW_ROUNDED(double, dadd, (double a, double b, enum cudaRoundMode mode = cudaRoundNearest), __dadd, (a, b))
CW_ROUNDED(double, dsub, (double a, double b, enum cudaRoundMode mode = cudaRoundNearest), __dsub, (a, b))
CW_ROUNDED(double, dmul, (double a, double b, enum cudaRoundMode mode = cudaRoundNearest), __dmul, (a, b))
CW_ROUNDED(int, double2int, (double a, enum cudaRoundMode mode = cudaRoundZero), __double2int, (a))
CW_ROUNDED(unsigned int, double2uint, (double a, enum cudaRoundMode mode = cudaRoundZero), __double2uint, (a))
CW_ROUNDED(long long int, double2ll, (double a, enum cudaRoundMode mode = cudaRoundZero), __double2ll, (a))
CW_ROUNDED(unsigned long long int, double2ull, (double a, enum cudaRoundMode mode = cudaRoundZero), __double2ull, (a))
CW_ROUNDED(double, ll2double, (long long int a, enum cudaRoundMode mode = cudaRoundNearest), __ll2double, (a))
CW_ROUNDED(double, ull2double, (unsigned long long int a, enum cudaRoundMode mode = cudaRoundNearest), __ull2double, (a))
#undef CW_ROUNDED
// Exact in every mode.
CW_DEVICE double int2double(int a, enum cudaRoundMode mode = cudaRoundNearest) { return (void)mode, (double)a; }
CW_DEVICE double uint2double(unsigned int a, enum cudaRoundMode mode = cudaRoundNearest) { return (void)mode, (double)a; }
CW_DEVICE double float2double(float a, enum cudaRoundMode mode = cudaRoundNearest) { return (void)mode, (double)a; }

#endif
