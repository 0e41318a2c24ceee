#include "emulator/hip/stream.hpp"

#include "emulator/hip/device.hpp"

namespace cw::amdhip {
namespace {

std::atomic<uint64_t> next_id{1};

}  // namespace

Stream::Stream(Device& device, unsigned flags, int priority, Queue::Order order)
    : device_(device), flags_(flags), priority_(priority), id_(next_id++), queue_(new Queue(device.error_state(), order)) {
  device_.add_queue(queue_);
}

// The null stream waits for all blocking streams, and they wait for it.
Dependency Stream::submit(Owned<Work> piece) {
  Lock lock(Queue::submissions());
  for (const Ref<Queue>& other : device_.queues()) {
    if (!queue_->blocking() || !other->blocking() || queue_->is_null() == other->is_null() || other->idle()) continue;
    piece->dependencies.push(Dependency{other, other->submitted()});
  }
  return Dependency{queue_, queue_->submit(static_cast<Owned<Work>&&>(piece))};
}

Error Stream::perform(Owned<Work> piece) {
  const Dependency done = submit(static_cast<Owned<Work>&&>(piece));
  done.queue->wait(done.number);
  return device_.error();
}

void Stream::wait_for(const Dependency& dependency) {
  Owned<Work> piece = work([] { return hipSuccess; });
  piece->always = true;
  piece->dependencies.push(dependency);
  submit(static_cast<Owned<Work>&&>(piece));
}

bool Stream::idle() {
  if (!queue_->is_null()) return queue_->idle();
  Lock lock(Queue::submissions());
  for (const Ref<Queue>& other : device_.queues()) {
    if (other->blocking() && !other->idle()) return false;
  }
  return true;
}

Error Stream::synchronize() {
  if (queue_->is_null()) return device_.synchronize(false);
  queue_->wait(queue_->submitted());
  return device_.error();
}

Ref<Stamp> Event::stamp() {
  Lock lock(mutex_);
  return stamp_;
}

void Event::record(Stream& stream) {
  Ref<Stamp> stamp(new Stamp);
  Owned<Work> piece = work([stamp] {
    stamp->time_ns = now_ns();
    return hipSuccess;
  });
  piece->always = true;
  stamp->after = stream.submit(static_cast<Owned<Work>&&>(piece));
  Lock lock(mutex_);
  stamp_ = stamp;
}

}  // namespace cw::amdhip
