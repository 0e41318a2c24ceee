#include "devices/cpu/queue.hpp"

#include "core/log.hpp"

namespace cw::cpu {
namespace {

constexpr uint64_t kSpin = 30000;  // ns

}  // namespace

uint64_t Queue::submit(Owned<Operation> operation) {
  Lock lock(mutex_);
  const uint64_t number = reserve();
  Operation* added = operation.release();
  added->number = number;
  if (tail_ != nullptr) {
    tail_->next = added;
  } else {
    head_ = added;
  }
  tail_ = added;
  pushed_.fetch_add(1, std::memory_order_release);
  if (!started_) {
    retain();  // the thread's own reference
    started_ = start_thread(thread_main, this, "cw-stream");
    if (!started_) {
      say("cannot start a thread for a stream");
      abort();
    }
  }
  if (sleeping_) work_.wake_all();
  return number;
}

void Queue::complete(uint64_t number) {
  completed_.store(number);
  if (waiters_.load() == 0) return;
  Lock lock(mutex_);
  done_.wake_all();
}

void Queue::wait(uint64_t number) {
  if (spin_until([&] { return reached(number); }, kSpin)) return;
  waiters_.fetch_add(1);
  {
    Lock lock(mutex_);
    while (completed_.load() < number) done_.wait(mutex_);
  }
  waiters_.fetch_sub(1);
}

void Queue::close() {
  Lock lock(mutex_);
  closed_.store(true, std::memory_order_release);
  work_.wake_all();
}

cudaError_t Queue::perform(Operation& operation, BlockMemory& memory) {
  for (Dependency& dependency : operation.dependencies) dependency.queue->wait(dependency.number);
  if (device_error_.load() != cudaSuccess && !operation.runs_after_fault()) return device_error_.load();
  const cudaError_t error = operation.run(memory);
  cudaError_t none = cudaSuccess;
  if (error != cudaSuccess) device_error_.compare_exchange_strong(none, error);
  return error;
}

void Queue::thread_main(void* raw) {
  prepare_thread();
  auto* queue = static_cast<Queue*>(raw);
  queue->serve();
  queue->release();
  release_thread();
}

void Queue::serve() {
  BlockMemory memory;
  while (Operation* operation = take()) {
    wait(operation->number - 1);  // one that a caller runs itself may be before it
    perform(*operation, memory);
    const uint64_t number = operation->number;
    delete operation;
    complete(number);
  }
}

// The next operation; null when the queue is closed and empty.
Operation* Queue::take() {
  spin_until([&] { return has_news(); }, kSpin);
  Lock lock(mutex_);
  sleeping_ = true;
  while (!has_news()) work_.wait(mutex_);
  sleeping_ = false;
  Operation* first = head_;
  if (first == nullptr) return nullptr;
  head_ = first->next;
  if (head_ == nullptr) tail_ = nullptr;
  ++taken_;
  return first;
}

}  // namespace cw::cpu
