// Parameters of graph nodes that the two APIs describe differently.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

cudaKernelNodeParams runtime_form(const CUDA_KERNEL_NODE_PARAMS& from);
// The function of the current context, also where the node was made from a host stub.
CUresult driver_form(const cudaKernelNodeParams& from, CUDA_KERNEL_NODE_PARAMS* out);

// Parameters of any kind of node. All but those of copies and kernels are laid out alike.
class AnyNode {
 public:
  // CUDA_ERROR_INVALID_VALUE for a kind that does not exist, CUDA_ERROR_NOT_SUPPORTED for memory operations.
  CUresult read(CUgraphNodeParams* from);
  cudaGraphNodeParams* form() { return reinterpret_cast<cudaGraphNodeParams*>(bytes_); }
  // What the runtime answers in the parameters (memory's address, bodies of conditional nodes).
  void write_back();

 private:
  CUgraphNodeParams* from_ = nullptr;
  alignas(cudaGraphNodeParams) unsigned char bytes_[sizeof(cudaGraphNodeParams)];  // dim3 inside has a constructor
};

}  // namespace cw::driver
