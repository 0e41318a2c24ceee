#include "driver_api/graph/node_forms.hpp"

#include <cstring>

#include "core/log.hpp"
#include "driver_api/copy/boxes.hpp"

namespace cw::driver {

cudaKernelNodeParams runtime_form(const CUDA_KERNEL_NODE_PARAMS& p) {
  const void* function = p.func != nullptr ? static_cast<const void*>(p.func) : p.kern;
  return cudaKernelNodeParams{const_cast<void*>(function),
                              dim3(p.gridDimX, p.gridDimY, p.gridDimZ),
                              dim3(p.blockDimX, p.blockDimY, p.blockDimZ),
                              p.sharedMemBytes,
                              p.kernelParams,
                              p.extra};
}

CUresult driver_form(const cudaKernelNodeParams& p, CUDA_KERNEL_NODE_PARAMS* out) {
  *out = CUDA_KERNEL_NODE_PARAMS{};
  out->gridDimX = p.gridDim.x;
  out->gridDimY = p.gridDim.y;
  out->gridDimZ = p.gridDim.z;
  out->blockDimX = p.blockDim.x;
  out->blockDimY = p.blockDim.y;
  out->blockDimZ = p.blockDim.z;
  out->sharedMemBytes = p.sharedMemBytes;
  out->kernelParams = p.kernelParams;
  out->extra = p.extra;
  return result(cudaGetFuncBySymbol(&out->func, p.func));
}

CUresult AnyNode::read(CUgraphNodeParams* from) {
  static_assert(sizeof(CUgraphNodeParams) == sizeof(cudaGraphNodeParams));
  if (from == nullptr) return CUDA_ERROR_INVALID_VALUE;
  from_ = from;
  std::memcpy(bytes_, from, sizeof bytes_);
  if (from->type == CU_GRAPH_NODE_TYPE_BATCH_MEM_OP) {
    say_unsupported("memory operations as graph nodes");
    return CUDA_ERROR_NOT_SUPPORTED;
  }
  // Up to the list of arguments both begin alike; the runtime's has no separate place for kernels, nor one for a context.
  if (from->type == CU_GRAPH_NODE_TYPE_KERNEL && from->kernel.func == nullptr) form()->kernel.func = from->kernel.kern;
  if (from->type != CU_GRAPH_NODE_TYPE_MEMCPY) return CUDA_SUCCESS;
  std::memset(static_cast<void*>(&form()->memcpy), 0, sizeof form()->memcpy);
  form()->memcpy.flags = from->memcpy.flags;
  return runtime_form(from->memcpy.copyParams, &form()->memcpy.copyParams);
}

void AnyNode::write_back() {
  if (from_->type == CU_GRAPH_NODE_TYPE_MEM_ALLOC) from_->alloc.dptr = address(form()->alloc.dptr);
  if (from_->type == CU_GRAPH_NODE_TYPE_CONDITIONAL) from_->conditional.phGraph_out = form()->conditional.phGraph_out;
}

}  // namespace cw::driver
