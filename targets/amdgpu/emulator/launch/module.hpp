// A loaded code object: its image, its code, its kernels.
#pragma once

#include "core/sync.hpp"
#include "emulator/checks/line_table.hpp"
#include "emulator/launch/image.hpp"
#include "emulator/launch/kernel.hpp"

namespace cw::amd {

class Module : public Allocated {
 public:
  bool load(const Bytes& file, const char* arch, Message& message);

  const char* processor() const { return image_.processor(); }
  const cw_amd_kernel* kernel(const char* name) const;
  const cw_amd_kernel* kernel_at(u32 index) const { return index < kernels_.size() ? kernels_[index].get() : nullptr; }
  // Exported variables.
  const Symbol* variable(const char* name) const;
  const Symbol* variable_at(u32 index) const;
  const Image& image() const { return image_; }
  Bytes file() const { return Bytes{file_.data(), file_.size()}; }
  // Source lines, where the file has them; read when first asked for.
  const LineTable& lines() const;
  // The function that a place in the code belongs to and the distance from its beginning; null where the file does not tell.
  const Symbol* function_at(u64 code_offset, u64* distance) const;

 private:
  bool add_described(Message& message);
  bool add_others(Message& message);
  bool add(cw_amd_kernel& kernel, const Symbol& descriptor, Message& message);
  const Program* program(u32 lanes);

  Vector<u8> file_;
  mutable Mutex mutex_;
  mutable Owned<LineTable> lines_;
  Image image_;
  const Arch* arch_ = nullptr;
  Owned<Program> programs_[2];  // of waves of 32 and 64
  Vector<Owned<cw_amd_kernel>> kernels_;
};

}  // namespace cw::amd

struct cw_amd_module : cw::amd::Module {};
