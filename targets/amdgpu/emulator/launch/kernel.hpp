// A kernel of a loaded code object.
#pragma once

#include "core/allocated.hpp"
#include "devices/hip/kernel_metadata.hpp"
#include "emulator/api.h"
#include "emulator/launch/descriptor.hpp"

namespace cw::amd {
class Module;
}  // namespace cw::amd

struct cw_amd_kernel : cw::Allocated {
  const cw::amd::Module* module = nullptr;
  const cw::amd::Program* program = nullptr;
  cw::amd::Descriptor descriptor;
  const cw::amd::u8* descriptor_at = nullptr;
  cw::Vector<char> name;
  cw::Vector<cw::hip::KernelArgument> arguments;  // hidden ones too
  cw::Vector<cw_amd_argument> explicit_arguments;
  bool described = false;  // by metadata
  cw_amd_kernel_info info{};
};
