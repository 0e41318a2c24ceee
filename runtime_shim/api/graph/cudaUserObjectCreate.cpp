#include <limits.h>

#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaUserObjectCreate(cudaUserObject_t* out, void* object, cudaHostFn_t destroy, unsigned count,
                                          unsigned flags) {
  return cw::on_runtime([&] {
    if (out == nullptr || destroy == nullptr || count == 0 || count > INT_MAX || flags != cudaUserObjectNoDestructorSync)
      return cudaErrorInvalidValue;
    *out = reinterpret_cast<cudaUserObject_t>(cw::UserObject::make(object, destroy, count));
    return cudaSuccess;
  });
}
