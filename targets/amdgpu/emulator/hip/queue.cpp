#include "emulator/hip/queue.hpp"

#include "core/log.hpp"

namespace cw::amdhip {
namespace {

constexpr uint64_t kSpin = 20000;  // ns: about what waking a thread takes

}  // namespace

Mutex& Queue::submissions() {
  static constinit Mutex mutex;
  return mutex;
}

uint64_t Queue::submit(Owned<Work> piece) {
  Lock lock(mutex_);
  const uint64_t number = submitted_.fetch_add(1) + 1;
  Work* added = piece.release();
  added->number = number;
  (tail_ != nullptr ? tail_->next : head_) = added;
  tail_ = added;
  if (!started_) {
    retain();  // the thread's own reference
    started_ = start_thread(thread_main, this, "emu-stream");
    if (!started_) {
      say("cannot start a thread for a stream");
      abort();
    }
  }
  news_.wake_all();
  return number;
}

void Queue::wait(uint64_t number) {
  if (spin_until([&] { return reached(number); }, kSpin)) return;
  Lock lock(mutex_);
  while (!reached(number)) done_.wait(mutex_);
}

void Queue::close() {
  Lock lock(mutex_);
  closed_.store(true);
  news_.wake_all();
}

void Queue::thread_main(void* raw) {
  auto* queue = static_cast<Queue*>(raw);
  queue->serve();
  queue->release();
}

void Queue::serve() {
  while (Work* piece = take()) {
    perform(*piece);
    const uint64_t number = piece->number;
    delete piece;
    Lock lock(mutex_);
    completed_.store(number);
    done_.wake_all();
  }
}

void Queue::perform(Work& piece) {
  for (Dependency& dependency : piece.dependencies) dependency.queue->wait(dependency.number);
  if (device_error_.load() != hipSuccess && !piece.always) return;
  const Error error = piece.run();
  Error none = hipSuccess;
  if (error != hipSuccess) device_error_.compare_exchange_strong(none, error);
}

// The next piece; null when the queue is closed and empty.
Work* Queue::take() {
  Lock lock(mutex_);
  while (head_ == nullptr) {
    if (closed_.load()) return nullptr;
    news_.wait(mutex_);
  }
  Work* first = head_;
  head_ = first->next;
  if (head_ == nullptr) tail_ = nullptr;
  return first;
}

}  // namespace cw::amdhip
