// The queue behind a stream: work in the order of submission, done one piece after the other by the queue's own thread.
//
// A piece may depend on pieces of other queues (events, the rules of the null stream). Dependencies always name work submitted
// earlier, so they cannot form a circle.
#pragma once

#include <atomic>

#include "core/ref.hpp"
#include "core/sync.hpp"
#include "core/vector.hpp"
#include "emulator/hip/abi.hpp"

namespace cw::amdhip {

class Queue;

// "After piece `number` of `queue`."
struct Dependency {
  Ref<Queue> queue;
  uint64_t number;
};

class Work : public Allocated {
 public:
  virtual ~Work() = default;
  virtual Error run() = 0;  // an error of the whole device (a fault), or hipSuccess

  Vector<Dependency> dependencies;
  bool always = false;  // done even after a fault: bookkeeping that others wait for
  uint64_t number = 0;
  Work* next = nullptr;
};

template <typename Body>
class WorkOf final : public Work {
 public:
  explicit WorkOf(Body body) : body_(static_cast<Body&&>(body)) {}
  Error run() override { return body_(); }

 private:
  Body body_;
};

template <typename Body>
Owned<Work> work(Body body) {
  return Owned<Work>(new WorkOf<Body>(static_cast<Body&&>(body)));
}

class Queue : public Counted {
 public:
  enum class Order { kNull, kBlocking, kNonBlocking };  // the null stream, those that synchronise with it, the others

  Queue(std::atomic<Error>& device_error, Order order) : device_error_(device_error), order_(order) {}

  // Submissions are made under submissions(); returns the piece's number.
  uint64_t submit(Owned<Work> piece);
  void wait(uint64_t number);
  void close();  // no more submissions: the thread ends when the queue is empty

  uint64_t submitted() const { return submitted_.load(std::memory_order_acquire); }
  bool reached(uint64_t number) const { return completed_.load(std::memory_order_acquire) >= number; }
  bool idle() const { return reached(submitted()); }
  bool finished() const { return closed_.load() && idle(); }
  bool blocking() const { return order_ != Order::kNonBlocking; }
  bool is_null() const { return order_ == Order::kNull; }

  // Guards the order of submissions over all queues: each sees the others' numbers as they are at that moment.
  static Mutex& submissions();

 private:
  static void thread_main(void* raw);
  void serve();
  void perform(Work& piece);
  Work* take();

  std::atomic<Error>& device_error_;
  const Order order_;
  std::atomic<uint64_t> submitted_{0};
  std::atomic<uint64_t> completed_{0};
  std::atomic<bool> closed_{false};
  Mutex mutex_;
  Condition news_;
  Condition done_;
  Work* head_ = nullptr;
  Work* tail_ = nullptr;
  bool started_ = false;
};

}  // namespace cw::amdhip
