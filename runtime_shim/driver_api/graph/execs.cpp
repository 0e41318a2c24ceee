// Instantiated graphs.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuGraphInstantiate(CUgraphExec* out, CUgraph graph, unsigned long long flags) {
  return in_context([&] { return cudaGraphInstantiateWithFlags(out, graph, flags); });
}

CUresult cuGraphInstantiateWithParams(CUgraphExec* out, CUgraph graph, CUDA_GRAPH_INSTANTIATE_PARAMS* params) {
  return in_context([&] { return cudaGraphInstantiateWithParams(out, graph, same_layout<cudaGraphInstantiateParams>(params)); });
}

CUresult cuGraphExecGetFlags(CUgraphExec exec, cuuint64_t* flags) {
  return in_context([&] { return cudaGraphExecGetFlags(exec, reinterpret_cast<unsigned long long*>(flags)); });
}

CUresult cuGraphExecDestroy(CUgraphExec exec) {
  return in_context([&] { return cudaGraphExecDestroy(exec); });
}

CUresult cuGraphLaunch(CUgraphExec exec, CUstream stream) {
  return in_context([&] { return cudaGraphLaunch(exec, stream); });
}

CUresult cuGraphUpload(CUgraphExec exec, CUstream stream) {
  return in_context([&] { return cudaGraphUpload(exec, stream); });
}

CUresult cuGraphExecUpdate(CUgraphExec exec, CUgraph graph, CUgraphExecUpdateResultInfo* info) {
  return in_context([&] { return cudaGraphExecUpdate(exec, graph, same_layout<cudaGraphExecUpdateResultInfo>(info)); });
}

CUresult cuGraphNodeSetEnabled(CUgraphExec exec, CUgraphNode node, unsigned enabled) {
  return in_context([&] { return cudaGraphNodeSetEnabled(exec, node, enabled); });
}

CUresult cuGraphNodeGetEnabled(CUgraphExec exec, CUgraphNode node, unsigned* enabled) {
  return in_context([&] { return cudaGraphNodeGetEnabled(exec, node, enabled); });
}

CUresult cuGraphExecChildGraphNodeSetParams(CUgraphExec exec, CUgraphNode node, CUgraph child) {
  return in_context([&] { return cudaGraphExecChildGraphNodeSetParams(exec, node, child); });
}

CUresult cuGraphExecEventRecordNodeSetEvent(CUgraphExec exec, CUgraphNode node, CUevent event) {
  return in_context([&] { return cudaGraphExecEventRecordNodeSetEvent(exec, node, event); });
}

CUresult cuGraphExecEventWaitNodeSetEvent(CUgraphExec exec, CUgraphNode node, CUevent event) {
  return in_context([&] { return cudaGraphExecEventWaitNodeSetEvent(exec, node, event); });
}
