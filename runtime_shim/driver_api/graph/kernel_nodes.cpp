// Nodes that launch kernels.
#include "driver_api/graph/node_forms.hpp"

using namespace cw::driver;

CUresult cuGraphAddKernelNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count,
                              const CUDA_KERNEL_NODE_PARAMS* params) {
  return in_context([&] {
    if (params == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const cudaKernelNodeParams form = runtime_form(*params);
    return result(cudaGraphAddKernelNode(out, graph, after, count, &form));
  });
}

CUresult cuGraphKernelNodeGetParams(CUgraphNode node, CUDA_KERNEL_NODE_PARAMS* out) {
  return in_context([&] {
    cudaKernelNodeParams form{};
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(cudaGraphKernelNodeGetParams(node, &form));
    return error == CUDA_SUCCESS ? driver_form(form, out) : error;
  });
}

CUresult cuGraphKernelNodeSetParams(CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS* params) {
  return in_context([&] {
    if (params == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const cudaKernelNodeParams form = runtime_form(*params);
    return result(cudaGraphKernelNodeSetParams(node, &form));
  });
}

CUresult cuGraphExecKernelNodeSetParams(CUgraphExec exec, CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS* params) {
  return in_context([&] {
    if (params == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const cudaKernelNodeParams form = runtime_form(*params);
    return result(cudaGraphExecKernelNodeSetParams(exec, node, &form));
  });
}

CUresult cuGraphKernelNodeCopyAttributes(CUgraphNode to, CUgraphNode from) {
  return in_context([&] { return cudaGraphKernelNodeCopyAttributes(to, from); });
}

CUresult cuGraphKernelNodeGetAttribute(CUgraphNode node, CUkernelNodeAttrID attribute, CUkernelNodeAttrValue* out) {
  return in_context([&] {
    auto* form = same_layout<cudaLaunchAttributeValue>(out);
    return cudaGraphKernelNodeGetAttribute(node, static_cast<cudaLaunchAttributeID>(attribute), form);
  });
}

CUresult cuGraphKernelNodeSetAttribute(CUgraphNode node, CUkernelNodeAttrID attribute, const CUkernelNodeAttrValue* value) {
  return in_context([&] {
    const auto* form = same_layout<const cudaLaunchAttributeValue>(value);
    return cudaGraphKernelNodeSetAttribute(node, static_cast<cudaLaunchAttributeID>(attribute), form);
  });
}
