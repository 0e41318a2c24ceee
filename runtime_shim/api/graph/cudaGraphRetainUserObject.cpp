#include <limits.h>

#include "api/graph/graph_entry.hpp"

// With cudaGraphUserObjectMove the program's references become the graph's.
CW_ENTRY cudaError_t cudaGraphRetainUserObject(cudaGraph_t handle, cudaUserObject_t object_handle, unsigned count, unsigned flags) {
  return cw::on_graph(handle, [&](cw::Graph& graph) {
    cw::UserObject* object = cw::UserObject::find(object_handle);
    if (object == nullptr || count == 0 || count > INT_MAX || (flags & ~static_cast<unsigned>(cudaGraphUserObjectMove)) != 0)
      return cudaErrorInvalidValue;
    if ((flags & cudaGraphUserObjectMove) == 0) object->retain(count);
    graph.objects->add(object, count);
    return cudaSuccess;
  });
}
