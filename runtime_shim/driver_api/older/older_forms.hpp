// The binary names of older_forms.cpp, which cuda.h gives to newer forms.
#pragma once

#include "driver_api/entry.hpp"

#define CW_OLDER(name) asm(#name) __attribute__((visibility("default")))

extern "C" {
CUresult cw_older_add_kernel_node(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count,
                                  const CUDA_KERNEL_NODE_PARAMS_v1* params) CW_OLDER(cuGraphAddKernelNode);
CUresult cw_older_kernel_node_get(CUgraphNode node, CUDA_KERNEL_NODE_PARAMS_v1* out) CW_OLDER(cuGraphKernelNodeGetParams);
CUresult cw_older_kernel_node_set(CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS_v1* params) CW_OLDER(cuGraphKernelNodeSetParams);
CUresult cw_older_exec_kernel_node_set(CUgraphExec exec, CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS_v1* params)
    CW_OLDER(cuGraphExecKernelNodeSetParams);
CUresult cw_older_exec_update(CUgraphExec exec, CUgraph graph, CUgraphNode* failed, CUgraphExecUpdateResult* outcome)
    CW_OLDER(cuGraphExecUpdate);
CUresult cw_older_instantiate(CUgraphExec* out, CUgraph graph, CUgraphNode* failed, char* log, size_t bytes)
    CW_OLDER(cuGraphInstantiate);
CUresult cw_older_instantiate_2(CUgraphExec* out, CUgraph graph, CUgraphNode* failed, char* log, size_t bytes)
    CW_OLDER(cuGraphInstantiate_v2);
CUresult cw_older_capture_info(CUstream stream, CUstreamCaptureStatus* status, cuuint64_t* id) CW_OLDER(cuStreamGetCaptureInfo);
CUresult cw_older_proc_address(const char* name, void** function, int version, cuuint64_t flags) CW_OLDER(cuGetProcAddress);
}
