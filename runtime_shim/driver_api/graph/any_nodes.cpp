// Nodes of any kind by one structure.
#include "driver_api/graph/node_forms.hpp"

using namespace cw::driver;

namespace {

// Runs `body(cudaGraphNodeParams*)`.
template <typename Body>
CUresult with_form(CUgraphNodeParams* params, Body body) {
  return in_context([&] {
    AnyNode node;
    CUresult error = node.read(params);
    if (error == CUDA_SUCCESS) error = result(body(node.form()));
    if (error == CUDA_SUCCESS) node.write_back();
    return error;
  });
}

}  // namespace

CUresult cuGraphAddNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count, CUgraphNodeParams* params) {
  return with_form(params, [&](cudaGraphNodeParams* form) { return cudaGraphAddNode(out, graph, after, count, form); });
}

CUresult cuGraphAddNode_v2(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, const CUgraphEdgeData* edges, size_t count,
                           CUgraphNodeParams* params) {
  return with_form(params, [&](cudaGraphNodeParams* form) {
    return cudaGraphAddNode_v2(out, graph, after, same_layout<const cudaGraphEdgeData>(edges), count, form);
  });
}

CUresult cuGraphNodeSetParams(CUgraphNode node, CUgraphNodeParams* params) {
  return with_form(params, [&](cudaGraphNodeParams* form) { return cudaGraphNodeSetParams(node, form); });
}

CUresult cuGraphExecNodeSetParams(CUgraphExec exec, CUgraphNode node, CUgraphNodeParams* params) {
  return with_form(params, [&](cudaGraphNodeParams* form) { return cudaGraphExecNodeSetParams(exec, node, form); });
}

CUresult cuGraphConditionalHandleCreate(CUgraphConditionalHandle* out, CUgraph graph, CUcontext, unsigned value, unsigned flags) {
  return in_context([&] {
    static_assert(sizeof(CUgraphConditionalHandle) == sizeof(cudaGraphConditionalHandle));
    return cudaGraphConditionalHandleCreate(reinterpret_cast<cudaGraphConditionalHandle*>(out), graph, value, flags);
  });
}
