#include <limits.h>

#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaUserObjectRetain(cudaUserObject_t handle, unsigned count) {
  return cw::on_runtime([&] {
    cw::UserObject* object = cw::UserObject::find(handle);
    if (object == nullptr || count == 0 || count > INT_MAX) return cudaErrorInvalidValue;
    object->retain(count);
    return cudaSuccess;
  });
}
