// Copies of rows and boxes, to and from arrays too.
#include "driver_api/copy/boxes.hpp"

using namespace cw::driver;

namespace {

template <typename From>
CUresult copy(const From* from) {
  return in_context([&] {
    cudaMemcpy3DParms form{};
    const CUresult error = from != nullptr ? runtime_form(box_of(*from), &form) : CUDA_ERROR_INVALID_VALUE;
    return error == CUDA_SUCCESS ? result(cudaMemcpy3D(&form)) : error;
  });
}

template <typename From>
CUresult copy_async(const From* from, CUstream stream) {
  return in_context([&] {
    cudaMemcpy3DParms form{};
    const CUresult error = from != nullptr ? runtime_form(box_of(*from), &form) : CUDA_ERROR_INVALID_VALUE;
    return error == CUDA_SUCCESS ? result(cudaMemcpy3DAsync(&form, stream)) : error;
  });
}

}  // namespace

CUresult cuMemcpy2D(const CUDA_MEMCPY2D* from) { return copy(from); }
CUresult cuMemcpy2DUnaligned(const CUDA_MEMCPY2D* from) { return copy(from); }
CUresult cuMemcpy2DAsync(const CUDA_MEMCPY2D* from, CUstream stream) { return copy_async(from, stream); }
CUresult cuMemcpy3D(const CUDA_MEMCPY3D* from) { return copy(from); }
CUresult cuMemcpy3DAsync(const CUDA_MEMCPY3D* from, CUstream stream) { return copy_async(from, stream); }
CUresult cuMemcpy3DPeer(const CUDA_MEMCPY3D_PEER* from) { return copy(from); }
CUresult cuMemcpy3DPeerAsync(const CUDA_MEMCPY3D_PEER* from, CUstream stream) { return copy_async(from, stream); }
