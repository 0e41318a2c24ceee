// Which kernels of which images were launched. Compilers write the digests of images, with what is in them (driver/evidence.py).
#include "compiler/blake2b.hpp"
#include "devices/device.hpp"
#include "evidence/log.hpp"

namespace cw {

void Module::set_image(const fatbin::Image& image, const Vector<uint8_t>& bytes) {
  cuda_arch_ = image.cuda_arch;
  if (!evidence::enabled) return;
  compiler::Blake2b hash;
  hash.add(bytes.data(), bytes.size());
  uint8_t digest[compiler::kDigestBytes];
  hash.finish(digest);
  constexpr char kDigits[] = "0123456789abcdef";
  for (size_t i = 0; i < sizeof digest; ++i) {
    digest_[2 * i] = kDigits[digest[i] >> 4];
    digest_[2 * i + 1] = kDigits[digest[i] & 15];
  }
}

void Kernel::write_launch() const {
  if (module_ != nullptr) evidence::line("launch\t%s\t%s", module_->digest(), name());
}

}  // namespace cw
