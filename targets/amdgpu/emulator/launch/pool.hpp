// The threads that help callers to run their launches.
#pragma once

#include "core/sync.hpp"
#include "core/vector.hpp"
#include "emulator/launch/launch.hpp"

namespace cw::amd {

class Pool {
 public:
  // Runs a launch on the calling thread and on helpers; returns when it has ended. Several threads at once.
  void run(Launch& launch);

 private:
  struct Active {
    Launch* launch;
    u32 helpers;
  };
  static void helper_main(void* raw);
  void help();
  Active* find(const Launch& launch);
  Active* find_work();
  bool publish(Launch& launch);
  void start_helpers();
  void retire(Launch& launch);

  Mutex mutex_;
  Condition wake_, left_;
  Vector<Active> active_;
  unsigned threads_ = 0;  // that run a launch, its caller included; 0: not known yet
};

Pool& pool();

}  // namespace cw::amd
