// AMD GPUs do not tell constant memory from global memory. A question that a constant turns off is none.
#include "device.h"

static __device__ bool lies_in(const void* p, bool constant) {
  return constant ? __nvvm_isspacep_const(p) : __nvvm_isspacep_shared(p);
}

__global__ void asks(int* out) {
#ifdef CONSTANT
  *out = lies_in(out, true);
#else
  *out = lies_in(out, false);
#endif
}
