#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy3DPeer(const cudaMemcpy3DPeerParms* parameters) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) { return cw::submit_copy_3d_peer(stream, parameters, true); });
}
