// BLAKE2b (RFC 7693) without a key: names of cache entries, and their check.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cw::compiler {

inline constexpr size_t kDigestBytes = 32;

class Blake2b {
 public:
  Blake2b();
  void add(const void* data, size_t bytes);
  void finish(uint8_t out[kDigestBytes]);

 private:
  void compress(bool last);

  uint64_t state_[8];
  uint64_t total_ = 0;  // bytes so far
  uint8_t block_[128];
  size_t filled_ = 0;
};

}  // namespace cw::compiler
