// Nodes that copy.
#include "driver_api/copy/boxes.hpp"

using namespace cw::driver;

namespace {

// Runs `body(const cudaMemcpy3DParms*)`.
template <typename Body>
CUresult with_form(const CUDA_MEMCPY3D* params, Body body) {
  return in_context([&] {
    cudaMemcpy3DParms form{};
    const CUresult error = params != nullptr ? runtime_form(*params, &form) : CUDA_ERROR_INVALID_VALUE;
    return error == CUDA_SUCCESS ? result(body(&form)) : error;
  });
}

}  // namespace

CUresult cuGraphAddMemcpyNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count, const CUDA_MEMCPY3D* params,
                              CUcontext) {
  return with_form(params, [&](const cudaMemcpy3DParms* form) { return cudaGraphAddMemcpyNode(out, graph, after, count, form); });
}

CUresult cuGraphMemcpyNodeGetParams(CUgraphNode node, CUDA_MEMCPY3D* out) {
  return in_context([&] {
    cudaMemcpy3DParms form{};
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(cudaGraphMemcpyNodeGetParams(node, &form));
    return error == CUDA_SUCCESS ? driver_form(form, out) : error;
  });
}

CUresult cuGraphMemcpyNodeSetParams(CUgraphNode node, const CUDA_MEMCPY3D* params) {
  return with_form(params, [&](const cudaMemcpy3DParms* form) { return cudaGraphMemcpyNodeSetParams(node, form); });
}

CUresult cuGraphExecMemcpyNodeSetParams(CUgraphExec exec, CUgraphNode node, const CUDA_MEMCPY3D* params, CUcontext) {
  return with_form(params, [&](const cudaMemcpy3DParms* form) { return cudaGraphExecMemcpyNodeSetParams(exec, node, form); });
}
