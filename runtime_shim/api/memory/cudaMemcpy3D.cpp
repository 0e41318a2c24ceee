#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemcpy3D(const cudaMemcpy3DParms* parameters) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) { return cw::submit_copy_3d(stream, parameters, true); });
}
