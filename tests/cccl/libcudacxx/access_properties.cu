// Pointers that carry a cache hint: what is read and written through them is what is there.
#include <cuda/annotated_ptr>

#include "same.h"

__managed__ int values[4] = {1, 2, 3, 4}, results[4];  // the properties are for global memory only

__host__ __device__ void hints(Record& r) {
  for (int& result : results) result = 0;
  cuda::annotated_ptr<int, cuda::access_property::normal> from(values);
  cuda::annotated_ptr<int, cuda::access_property> to(results, cuda::access_property::streaming{});
  for (int i = 0; i < 4; i++) to[i] = 2 * from[i];
  for (int result : results) r.add(result);
  CHECK(r, results[3] == 8);
#if defined(__CUDA_ARCH__)
  CHECK(r, cuda::associate_access_property(values, cuda::access_property::persisting{}) == values);
#endif
}

int main() { return same<hints>("hints"); }
