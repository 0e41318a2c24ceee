// A barrier for a part of the block, which AMD hardware does not have.
#include "device.h"

__global__ void partial(int* out) {
  out[threadIdx_x] = 1;
  __nvvm_barrier_sync_cnt(1, 64);
}
