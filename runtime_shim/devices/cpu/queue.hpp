// The queue behind a CPU stream: operations numbered in the order of submission, run one after the other by the queue's own thread.
//
// An operation may depend on operations of other queues (events, the legacy stream's rules). Dependencies always name operations
// submitted earlier, so they cannot form a circle.
#pragma once

#include <atomic>

#include "core/ref.hpp"
#include "core/sync.hpp"
#include "core/vector.hpp"
#include "devices/cpu/grid.hpp"

namespace cw::cpu {

class Queue;

// "After operation `number` of `queue`."
struct Dependency {
  Ref<Queue> queue;
  uint64_t number;
};

class Operation : public Allocated {
 public:
  virtual ~Operation() = default;
  // `memory` belongs to the running thread. The result is an error of the whole device (a fault) or cudaSuccess.
  virtual cudaError_t run(BlockMemory& memory) = 0;
  // Run even after a fault has made the device unusable: bookkeeping that others wait for.
  virtual bool runs_after_fault() const { return false; }

  Vector<Dependency> dependencies;
  uint64_t number = 0;
  Operation* next = nullptr;
};

class Queue : public Counted {
 public:
  enum class Order { kLegacy, kBlocking, kNonBlocking };  // the legacy default stream, those that synchronise with it, the others

  Queue(std::atomic<cudaError_t>& device_error, Order order) : device_error_(device_error), order_(order) {}
  ~Queue() override = default;

  // Hands the operation to the queue's thread. The caller holds the device's order lock; returns the operation's number.
  uint64_t submit(Owned<Operation> operation);
  // Reserves a number for an operation that the caller runs itself; only on an idle queue. Same lock. End with complete().
  uint64_t reserve() { return submitted_.fetch_add(1) + 1; }
  void complete(uint64_t number);
  cudaError_t perform(Operation& operation, BlockMemory& memory);

  uint64_t submitted() const { return submitted_.load(std::memory_order_acquire); }
  bool reached(uint64_t number) const { return completed_.load(std::memory_order_acquire) >= number; }
  bool idle() const { return reached(submitted()); }
  bool blocking() const { return order_ != Order::kNonBlocking; }
  bool legacy() const { return order_ == Order::kLegacy; }
  bool finished() const { return closed_.load() && idle(); }
  void wait(uint64_t number);
  // No more submissions: the thread ends when the queue is empty.
  void close();

 private:
  static void thread_main(void* raw);
  void serve();
  Operation* take();
  bool has_news() const { return pushed_.load(std::memory_order_acquire) != taken_ || closed_.load(std::memory_order_acquire); }

  std::atomic<cudaError_t>& device_error_;
  const Order order_;
  std::atomic<uint64_t> submitted_{0};
  std::atomic<uint64_t> completed_{0};
  std::atomic<uint64_t> pushed_{0};
  std::atomic<int> waiters_{0};
  std::atomic<bool> closed_{false};
  uint64_t taken_ = 0;  // the thread's own count
  Mutex mutex_;
  Condition work_;
  Condition done_;
  Operation* head_ = nullptr;
  Operation* tail_ = nullptr;
  bool sleeping_ = false;
  bool started_ = false;
};

}  // namespace cw::cpu
