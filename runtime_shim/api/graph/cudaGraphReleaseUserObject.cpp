#include "api/graph/graph_entry.hpp"

CW_ENTRY cudaError_t cudaGraphReleaseUserObject(cudaGraph_t handle, cudaUserObject_t object_handle, unsigned count) {
  return cw::on_graph(handle, [&](cw::Graph& graph) {
    cw::UserObject* object = cw::UserObject::find(object_handle);
    return object != nullptr && count != 0 && graph.objects->remove(object, count) ? cudaSuccess : cudaErrorInvalidValue;
  });
}
