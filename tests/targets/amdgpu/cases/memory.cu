// emit: gfx90a ALL,GFX90A
// emit: gfx942 ALL,GFX942
// emit: gfx1100 ALL,GFX11
// Atomics are single instructions of device scope, shared memory is reached by DS instructions, structs by scalar loads.
#include "../../inputs/device.h"

extern "C" __global__ void add(float* p) { cw_atomic_add(p + threadIdx_x, 2.5f); }
// ALL-LABEL: add:
// GFX942-NOT: buffer_wbl2
// ALL-NOT: cmpswap
// ALL: global_atomic_add_f32
// ALL: s_endpgm

struct Wide {
  int values[20];
};
extern "C" __global__ void by_value(Wide wide, int* out) { out[threadIdx_x] = wide.values[3] + wide.values[17]; }
// ALL-LABEL: by_value:
// ALL-NOT: scratch_
// ALL-NOT: buffer_store
// ALL: s_load_{{dword|b32}} s{{[0-9]+}}, s[{{[0-9]+:[0-9]+}}], 0xc
// ALL: global_store

__device__ __attribute__((noinline)) int member(Wide wide, int i) { return wide.values[i]; }
extern "C" __global__ void by_value_call(Wide wide, int* out) { out[threadIdx_x] = member(wide, out[0]); }
// The caller writes the callee's copy to its own stack.
// ALL-LABEL: by_value_call:
// GFX90A: buffer_store_dword
// GFX942: scratch_store
// GFX11: scratch_store
// ALL: s_swappc_b64

__constant__ int table[64];
extern "C" __global__ void constant(int* out) {
  static const int own[8] = {3, 1, 4, 1, 5, 9, 2, 6};
  out[threadIdx_x] = table[out[0] & 63] + own[threadIdx_x & 7];
}
// ALL-LABEL: constant:
// ALL-NOT: flat_load
// ALL: s_endpgm

extern "C" __global__ void fence(volatile int* p) {
  p[0] = 1;
  __nvvm_membar_gl();
  p[1] = 2;
}
// ALL-LABEL: fence:
// GFX942: buffer_wbl2 sc1
// GFX11: buffer_gl1_inv
// ALL: s_endpgm
