// MTGP32 is not offered: its parameter sets come from a long search whose results only NVIDIA's tables hold. Using it is a compile
// error.
#ifndef CROSSWARP_CURAND_MTGP32_H
#define CROSSWARP_CURAND_MTGP32_H

#if defined(__has_attribute)
#if __has_attribute(unavailable)
#define CW_UNAVAILABLE __attribute__((unavailable("cuRAND's MTGP32 generator is not supported: use XORWOW, MRG32k3a or Philox")))
typedef struct curandStateMtgp32 curandStateMtgp32_t CW_UNAVAILABLE;
struct CW_UNAVAILABLE curandStateMtgp32;
#undef CW_UNAVAILABLE
#endif
#endif

#endif
