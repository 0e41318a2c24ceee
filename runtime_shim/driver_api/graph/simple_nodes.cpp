// Nodes whose parameters both APIs have alike: empty, child graph, event, host function.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuGraphAddEmptyNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count) {
  return in_context([&] { return cudaGraphAddEmptyNode(out, graph, after, count); });
}

CUresult cuGraphAddChildGraphNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count, CUgraph child) {
  return in_context([&] { return cudaGraphAddChildGraphNode(out, graph, after, count, child); });
}

CUresult cuGraphChildGraphNodeGetGraph(CUgraphNode node, CUgraph* out) {
  return in_context([&] { return cudaGraphChildGraphNodeGetGraph(node, out); });
}

CUresult cuGraphAddEventRecordNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count, CUevent event) {
  return in_context([&] { return cudaGraphAddEventRecordNode(out, graph, after, count, event); });
}

CUresult cuGraphEventRecordNodeGetEvent(CUgraphNode node, CUevent* out) {
  return in_context([&] { return cudaGraphEventRecordNodeGetEvent(node, out); });
}

CUresult cuGraphEventRecordNodeSetEvent(CUgraphNode node, CUevent event) {
  return in_context([&] { return cudaGraphEventRecordNodeSetEvent(node, event); });
}

CUresult cuGraphAddEventWaitNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count, CUevent event) {
  return in_context([&] { return cudaGraphAddEventWaitNode(out, graph, after, count, event); });
}

CUresult cuGraphEventWaitNodeGetEvent(CUgraphNode node, CUevent* out) {
  return in_context([&] { return cudaGraphEventWaitNodeGetEvent(node, out); });
}

CUresult cuGraphEventWaitNodeSetEvent(CUgraphNode node, CUevent event) {
  return in_context([&] { return cudaGraphEventWaitNodeSetEvent(node, event); });
}

CUresult cuGraphAddHostNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count,
                            const CUDA_HOST_NODE_PARAMS* params) {
  return in_context([&] { return cudaGraphAddHostNode(out, graph, after, count, same_layout<const cudaHostNodeParams>(params)); });
}

CUresult cuGraphHostNodeGetParams(CUgraphNode node, CUDA_HOST_NODE_PARAMS* out) {
  return in_context([&] { return cudaGraphHostNodeGetParams(node, same_layout<cudaHostNodeParams>(out)); });
}

CUresult cuGraphHostNodeSetParams(CUgraphNode node, const CUDA_HOST_NODE_PARAMS* params) {
  return in_context([&] { return cudaGraphHostNodeSetParams(node, same_layout<const cudaHostNodeParams>(params)); });
}

CUresult cuGraphExecHostNodeSetParams(CUgraphExec exec, CUgraphNode node, const CUDA_HOST_NODE_PARAMS* params) {
  return in_context([&] { return cudaGraphExecHostNodeSetParams(exec, node, same_layout<const cudaHostNodeParams>(params)); });
}
