// The just-in-time compiler: PTX and linkable device code become an image for a device. `crosswarp ptx` does the work
// (driver/ptx_module.py); what it made before is found in the compiler's cache without starting it.
#pragma once

#include "core/jit_options.hpp"
#include "devices/device.hpp"

namespace cw {

// Compiles and links: cudaErrorInvalidPtx, cudaErrorUnsupportedPtxVersion, cudaErrorJitCompilerNotFound,
// cudaErrorNoKernelImageForDevice (an input that cannot be linked), cudaErrorInvalidKernelImage; what is wrong goes to jit.error.
cudaError_t compile_for(Device& device, const LinkInput* inputs, size_t count, Jit& jit, compiler::Bytes* image);

// True for what begins like PTX text: comments, then `.version`.
bool is_ptx(const char* text);

// The PTX entry of a fat binary to compile for a device that has no image there: the newest that a GPU of the device's compute
// capability takes, else the oldest. Null where there is none.
const fatbin::Image* best_ptx(const Vector<fatbin::Image>& images);

}  // namespace cw
