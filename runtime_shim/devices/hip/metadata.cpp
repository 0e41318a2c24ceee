#include "devices/hip/metadata.hpp"

#include "devices/hip/kernel_metadata.hpp"

namespace cw::hip {

void read_parameters(const Vector<uint8_t>& code, gpu::ParameterTable* out) {
  Vector<KernelMetadata> kernels;
  if (!read_kernels(code.data(), code.size(), &kernels)) return;
  for (const KernelMetadata& kernel : kernels) {
    if (kernel.name.data == nullptr) continue;
    gpu::KernelParameters& added = out->add(kernel.name.data, kernel.name.length);
    for (const KernelArgument& argument : kernel.arguments) {
      if (!argument.hidden()) added.parameters.push(gpu::Parameter{argument.offset, argument.bytes});
    }
  }
  out->complete();
}

}  // namespace cw::hip
