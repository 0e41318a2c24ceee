// The emulated devices of the process, and which one is current for the calling thread.
#pragma once

#include "emulator/hip/facts.hpp"
#include "emulator/hip/pool.hpp"
#include "emulator/hip/stream.hpp"

namespace cw::amdhip {

class Device : public Allocated {
 public:
  Device(int index, const Facts& facts);
  int index() const { return index_; }
  const Facts& facts() const { return facts_; }
  int multiprocessors() const;

  // The fault that a kernel left behind.
  Error error() const { return error_.load(); }
  std::atomic<Error>& error_state() { return error_; }

  Stream& null_stream() { return *null_; }
  Ref<Pool> default_pool() const;
  Ref<Pool> current_pool();
  void set_current_pool(const Ref<Pool>& pool);
  std::atomic<uint64_t>& peers() { return peers_; }  // a bit for each device whose memory it may use
  size_t& limit(unsigned number) { return limits_[number]; }
  uint32_t stack_bytes() const;  // private memory a lane where code does not tell: 0 until the program sets the limit

  // Queues of all its streams. The caller holds Queue::submissions().
  const Vector<Ref<Queue>>& queues() const { return queues_; }
  void add_queue(const Ref<Queue>& queue);
  // Waits for what is in its queues now, or in those that synchronise with the null stream.
  Error synchronize(bool all);
  // Forgets a fault.
  void reset();

  static constexpr unsigned kLimits = 4;

 private:
  const int index_;
  const Facts& facts_;
  std::atomic<Error> error_{hipSuccess};
  std::atomic<uint64_t> peers_{0};
  size_t limits_[kLimits];
  Vector<Ref<Queue>> queues_;
  Owned<Stream> null_;
  Ref<Pool> default_pool_;
  Mutex mutex_;
  Ref<Pool> current_pool_;
};

// Made at the first use, from cw_amd_hip_configure or CROSSWARP_EMU_DEVICES ("gfx1100,gfx942"); one gfx1100 without either.
int device_count();
Device* device_at(int index);  // null: no such device
// Null where there are no devices at all.
Device* current_device();

}  // namespace cw::amdhip
