#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy3DPeerAsync(const cudaMemcpy3DPeerParms* parameters, cudaStream_t handle) {
  return cw::on_stream(handle, [&](cw::Stream& stream) { return cw::submit_copy_3d_peer(stream, parameters, false); });
}
