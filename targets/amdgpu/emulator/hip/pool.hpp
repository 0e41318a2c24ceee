// Memory whose life follows the order of streams.
#pragma once

#include "emulator/hip/memory.hpp"

namespace cw::amdhip {

class Pool final : public Account {
 public:
  // `most`: bytes it may hold, 0 for as many as there are.
  Pool(Device& device, size_t most) : device_(device), most_(most) {}
  Device& device() const { return device_; }
  Error allocate(size_t bytes, void** out);
  void gone(size_t bytes) override;
  Error set(int attribute, const void* value);
  Error get(int attribute, void* value);

 private:
  Device& device_;
  const size_t most_;
  Mutex mutex_;
  uint64_t used_ = 0;
  uint64_t highest_ = 0;
  uint64_t threshold_ = 0;
  int reuse_[3] = {1, 1, 1};
};

}  // namespace cw::amdhip
