// Streams and events.
#pragma once

#include "emulator/hip/queue.hpp"

namespace cw::amdhip {

class Device;

class Stream : public Allocated {
 public:
  Stream(Device& device, unsigned flags, int priority, Queue::Order order);
  ~Stream() { queue_->close(); }  // what is queued is finished in the background
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Adds work after all that is there, and after what the null stream's rules ask for. The dependency names it.
  Dependency submit(Owned<Work> piece);
  // The same, and waits for it. The device's fault, if there is one.
  Error perform(Owned<Work> piece);
  void wait_for(const Dependency& dependency);
  bool idle();
  Error synchronize();

  Device& device() const { return device_; }
  unsigned flags() const { return flags_; }
  int priority() const { return priority_; }
  uint64_t id() const { return id_; }

 private:
  Device& device_;
  const unsigned flags_;
  const int priority_;
  const uint64_t id_;
  Ref<Queue> queue_;
};

// The stream of a handle on the current device: 0 and 1 are the null stream, 2 the calling thread's own. Null for a stale one.
Stream* find_stream(void* handle);

// When an event was recorded. Shared by the event and the work that notes the time.
struct Stamp : Counted {
  Dependency after;
  uint64_t time_ns = 0;  // valid once the queue is there
  bool reached() const { return after.queue->reached(after.number); }
};

class Event : public Allocated {
 public:
  Event(int device, unsigned flags) : device_(device), flags_(flags) {}
  bool has_time() const { return (flags_ & kEventDisableTiming) == 0; }
  int device() const { return device_; }
  Ref<Stamp> stamp();  // null: never recorded
  void record(Stream& stream);

 private:
  const int device_;
  const unsigned flags_;
  Mutex mutex_;
  Ref<Stamp> stamp_;
};

}  // namespace cw::amdhip
