// Forms of entries from before CUDA 12 with other parameters, under their names without a version.
#include "driver_api/older/older_forms.hpp"

#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

// The newer structure has two more members at its end.
CUDA_KERNEL_NODE_PARAMS newer(const CUDA_KERNEL_NODE_PARAMS_v1& p) {
  return CUDA_KERNEL_NODE_PARAMS{p.func,      p.gridDimX,       p.gridDimY,     p.gridDimZ, p.blockDimX, p.blockDimY,
                                 p.blockDimZ, p.sharedMemBytes, p.kernelParams, p.extra,    nullptr,     nullptr};
}

CUresult instantiate(CUgraphExec* out, CUgraph graph, CUgraphNode* failed, char* log, size_t bytes) {
  if (failed != nullptr) *failed = nullptr;
  if (log != nullptr && bytes > 0) *log = 0;
  return cuGraphInstantiate(out, graph, 0);
}

}  // namespace

CUresult cw_older_add_kernel_node(CUgraphNode* out, CUgraph graph, const CUgraphNode* after, size_t count,
                                  const CUDA_KERNEL_NODE_PARAMS_v1* params) {
  if (params == nullptr) return CUDA_ERROR_INVALID_VALUE;
  const CUDA_KERNEL_NODE_PARAMS full = newer(*params);
  return cuGraphAddKernelNode(out, graph, after, count, &full);
}

CUresult cw_older_kernel_node_get(CUgraphNode node, CUDA_KERNEL_NODE_PARAMS_v1* out) {
  CUDA_KERNEL_NODE_PARAMS p;
  if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
  const CUresult error = cuGraphKernelNodeGetParams(node, &p);
  if (error != CUDA_SUCCESS) return error;
  *out = CUDA_KERNEL_NODE_PARAMS_v1{p.func,      p.gridDimX,  p.gridDimY,       p.gridDimZ,     p.blockDimX,
                                    p.blockDimY, p.blockDimZ, p.sharedMemBytes, p.kernelParams, p.extra};
  return CUDA_SUCCESS;
}

CUresult cw_older_kernel_node_set(CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS_v1* params) {
  if (params == nullptr) return CUDA_ERROR_INVALID_VALUE;
  const CUDA_KERNEL_NODE_PARAMS full = newer(*params);
  return cuGraphKernelNodeSetParams(node, &full);
}

CUresult cw_older_exec_kernel_node_set(CUgraphExec exec, CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS_v1* params) {
  if (params == nullptr) return CUDA_ERROR_INVALID_VALUE;
  const CUDA_KERNEL_NODE_PARAMS full = newer(*params);
  return cuGraphExecKernelNodeSetParams(exec, node, &full);
}

CUresult cw_older_exec_update(CUgraphExec exec, CUgraph graph, CUgraphNode* failed, CUgraphExecUpdateResult* outcome) {
  CUgraphExecUpdateResultInfo info{};
  const CUresult error = cuGraphExecUpdate(exec, graph, &info);
  if (failed != nullptr) *failed = info.errorNode;
  if (outcome != nullptr) *outcome = info.result;
  return error;
}

CUresult cw_older_instantiate(CUgraphExec* out, CUgraph graph, CUgraphNode* failed, char* log, size_t bytes) {
  return instantiate(out, graph, failed, log, bytes);
}

CUresult cw_older_instantiate_2(CUgraphExec* out, CUgraph graph, CUgraphNode* failed, char* log, size_t bytes) {
  return instantiate(out, graph, failed, log, bytes);
}

CUresult cw_older_capture_info(CUstream stream, CUstreamCaptureStatus* status, cuuint64_t* id) {
  return cuStreamGetCaptureInfo(stream, status, id, nullptr, nullptr, nullptr);
}

CUresult cw_older_proc_address(const char* name, void** function, int version, cuuint64_t flags) {
  return cuGetProcAddress(name, function, version, flags, nullptr);
}
