// How much of the machine's memory is given out as device memory. Whoever has an account guards it with a lock.
#pragma once

#include <cstddef>

namespace cw {

class MemoryAccount {
 public:
  // False beyond what the machine has: with overcommit, malloc would give it and the program would be killed later.
  bool charge(size_t bytes);
  void discharge(size_t bytes) { used_ -= bytes; }
  // Free memory counts down from what the machine had to spare when the process first asked.
  void info(size_t* free_bytes, size_t* total_bytes);

 private:
  void measure();

  size_t used_ = 0;
  size_t total_ = 0;
  size_t spare_ = 0;
};

}  // namespace cw
