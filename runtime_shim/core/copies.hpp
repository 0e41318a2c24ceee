// The checks of copies and fills that the runtime makes for devices that cannot make them (the CPU).
#pragma once

#include "devices/device.hpp"

namespace cw {

// cudaErrorInvalidMemcpyDirection for an unknown kind; cudaErrorInvalidValue for null pointers, for a device side that is not
// memory the runtime knows, for a range that leaves it, and for a pitch smaller than the width.
cudaError_t check_copy(Device& device, const Copy& copy);
cudaError_t check_fill(Device& device, const Fill& fill);

// Checked, then queued on `stream`; `now`: and finished on return.
cudaError_t submit_copy(Stream& stream, const Copy& copy, bool now);
cudaError_t submit_fill(Stream& stream, const Fill& fill, bool now);
// cudaMemcpy3D's description; its extents count elements where an array takes part, else bytes.
cudaError_t describe_copy_3d(const cudaMemcpy3DParms* parameters, Copy* out);
// Between two devices. cudaErrorInvalidDevice for an ordinal that is none.
cudaError_t submit_copy_3d_peer(Stream& stream, const cudaMemcpy3DPeerParms* parameters, bool now);
// `now`: after all work of both devices' default streams.
cudaError_t submit_copy_peer(Stream& stream, void* dst, int dst_device, const void* src, int src_device, size_t bytes, bool now);
cudaError_t submit_copy_3d(Stream& stream, const cudaMemcpy3DParms* parameters, bool now);

}  // namespace cw
