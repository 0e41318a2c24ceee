// Entries that take options of the just-in-time compiler.
#pragma once

#include "api/entry.hpp"
#include "core/jit_options.hpp"

namespace cw {

// `body(Jit&, Device&, ordinal)` once the options are read; then the program gets its messages.
template <typename Body>
cudaError_t with_jit(const JitArguments& arguments, Body body) {
  return on_device([&](Device& device, int ordinal) {
    Jit jit;
    cudaError_t error = jit.read(arguments);
    if (error != cudaSuccess) return error;
    error = body(jit, device, ordinal);
    jit.report(error);
    return error;
  });
}

}  // namespace cw
