// Nodes that fill, allocate and free memory.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuGraphAddMemsetNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count,
                              const CUDA_MEMSET_NODE_PARAMS* params, CUcontext) {
  return in_context([&] { return cudaGraphAddMemsetNode(out, graph, after, count, same_layout<const cudaMemsetParams>(params)); });
}

CUresult cuGraphMemsetNodeGetParams(CUgraphNode node, CUDA_MEMSET_NODE_PARAMS* out) {
  return in_context([&] { return cudaGraphMemsetNodeGetParams(node, same_layout<cudaMemsetParams>(out)); });
}

CUresult cuGraphMemsetNodeSetParams(CUgraphNode node, const CUDA_MEMSET_NODE_PARAMS* params) {
  return in_context([&] { return cudaGraphMemsetNodeSetParams(node, same_layout<const cudaMemsetParams>(params)); });
}

CUresult cuGraphExecMemsetNodeSetParams(CUgraphExec exec, CUgraphNode node, const CUDA_MEMSET_NODE_PARAMS* params, CUcontext) {
  return in_context([&] { return cudaGraphExecMemsetNodeSetParams(exec, node, same_layout<const cudaMemsetParams>(params)); });
}

CUresult cuGraphAddMemAllocNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count,
                                CUDA_MEM_ALLOC_NODE_PARAMS* params) {
  return in_context(
      [&] { return cudaGraphAddMemAllocNode(out, graph, after, count, same_layout<cudaMemAllocNodeParams>(params)); });
}

CUresult cuGraphMemAllocNodeGetParams(CUgraphNode node, CUDA_MEM_ALLOC_NODE_PARAMS* out) {
  return in_context([&] { return cudaGraphMemAllocNodeGetParams(node, same_layout<cudaMemAllocNodeParams>(out)); });
}

CUresult cuGraphAddMemFreeNode(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count, CUdeviceptr memory) {
  return in_context([&] { return cudaGraphAddMemFreeNode(out, graph, after, count, pointer(memory)); });
}

CUresult cuGraphMemFreeNodeGetParams(CUgraphNode node, CUdeviceptr* out) {
  return in_context([&] { return cudaGraphMemFreeNodeGetParams(node, out); });
}

CUresult cuDeviceGraphMemTrim(CUdevice device) {
  return in_context([&] { return cudaDeviceGraphMemTrim(device); });
}

CUresult cuDeviceGetGraphMemAttribute(CUdevice device, CUgraphMem_attribute attribute, void* value) {
  return in_context(
      [&] { return cudaDeviceGetGraphMemAttribute(device, static_cast<cudaGraphMemAttributeType>(attribute), value); });
}

CUresult cuDeviceSetGraphMemAttribute(CUdevice device, CUgraphMem_attribute attribute, void* value) {
  return in_context(
      [&] { return cudaDeviceSetGraphMemAttribute(device, static_cast<cudaGraphMemAttributeType>(attribute), value); });
}
