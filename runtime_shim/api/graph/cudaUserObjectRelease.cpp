#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaUserObjectRelease(cudaUserObject_t handle, unsigned count) {
  return cw::on_runtime([&] {
    cw::UserObject* object = cw::UserObject::find(handle);
    return object != nullptr && count != 0 && object->release(count) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
