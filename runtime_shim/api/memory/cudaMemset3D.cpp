#include "api/entry.hpp"
#include "core/copies.hpp"

CW_ENTRY cudaError_t cudaMemset3D(cudaPitchedPtr memory, int value, cudaExtent extent) {
  return cw::on_stream(nullptr, [&](cw::Stream& stream) {
    return cw::submit_fill(stream,
                           cw::Fill{memory.ptr, memory.pitch, memory.pitch * memory.ysize, static_cast<uint8_t>(value), 1,
                                    extent.width, extent.height, extent.depth},
                           true);
  });
}
