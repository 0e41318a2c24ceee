// The linker: several pieces of device code become one image.
#include <elf.h>
#include <string.h>

#include "core/jit.hpp"
#include "core/loaded_modules.hpp"
#include "core/log.hpp"
#include "fatbin/embedded.hpp"

namespace cw {
namespace {

bool has_image(Device& device, const void* data) {
  Vector<fatbin::Image> images;
  return fatbin::read(data, &images) && fatbin::best_image(images, device) != nullptr;
}

// Whether the device loads a piece without the compiler: an image, or a text that it takes or that carries an image.
bool is_whole(Device& device, const LinkInput& input) {
  const auto* text = static_cast<const char*>(input.data);
  if (input.bytes >= sizeof(Elf64_Ehdr) && memcmp(text, ELFMAG, SELFMAG) == 0) {
    Elf64_Ehdr header;
    memcpy(&header, text, sizeof header);
    return header.e_type != ET_REL;  // an object's device code is in its sections
  }
  if (fatbin::has_magic(text)) return has_image(device, text);
  if (!is_ptx(text)) return false;
  Vector<uint8_t> embedded;
  char arch[64];
  if (!device.code_architecture(arch, sizeof arch)) return true;
  return fatbin::read_embedded(text, &embedded) && has_image(device, embedded.data());
}

}  // namespace

cudaError_t link_images(Device& device, const LinkInput* inputs, size_t count, Jit& jit, compiler::Bytes* image) {
  char arch[64];
  if (count == 1 && is_whole(device, inputs[0])) {
    Owned<Module> module;  // loaded once, to find out whether it is good
    compiler::append(image, inputs[0].data, inputs[0].bytes);
    return load_any_image(device, inputs[0].data, jit, &module);
  }
  if (device.code_architecture(arch, sizeof arch)) return compile_for(device, inputs, count, jit, image);
  say_unsupported("cuLinkAddData with more than one input on an NVIDIA device");
  return cudaErrorNotSupported;
}

}  // namespace cw
