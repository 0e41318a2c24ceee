// Headers that give functions their attributes in device passes only: in the host's, kernels seem to call host functions.
#include "show.h"

#ifdef __CUDA_ARCH__
#define BOTH __host__ __device__
#else
#define BOTH
#endif

BOTH int function() { return 4; }
BOTH inline int inlined() { return 5; }
struct Class {
  int value;
  BOTH Class(int x) : value(x) {}
  BOTH int method() const { return value; }
};
template <typename T>
BOTH T generic(T x) {
  return x + 1;
}

__global__ void kernel() { out[0] = function() + inlined() + Class(6).method() + generic(7); }

int main() {
  kernel<<<1, 1>>>();
  show(1);
  printf("%d\n", function() + inlined() + Class(6).method() + generic(7));
}
