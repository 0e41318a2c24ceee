#include "devices/cpu/stream.hpp"

#include "core/launch_attributes.hpp"
#include "devices/cpu/device.hpp"
#include "devices/cpu/operations.hpp"

namespace cw::cpu {

cudaError_t CpuEvent::query() {
  if (shared_) return shared_->reached(shared_->recorded()) ? cudaSuccess : cudaErrorNotReady;
  const Ref<Stamp> stamp = this->stamp();
  return !stamp || stamp->queue->reached(stamp->number) ? cudaSuccess : cudaErrorNotReady;
}

cudaError_t CpuEvent::synchronize() {
  if (shared_) shared_->wait(shared_->recorded());
  const Ref<Stamp> stamp = this->stamp();
  if (stamp) stamp->queue->wait(stamp->number);
  device_.trim_pools();
  return cudaSuccess;
}

cudaError_t CpuEvent::elapsed(Event& end, float* milliseconds) {
  auto& other = static_cast<CpuEvent&>(end);
  if (((flags_ | other.flags_) & cudaEventDisableTiming) != 0) return cudaErrorInvalidResourceHandle;
  const Ref<Stamp> from = stamp();
  const Ref<Stamp> to = other.stamp();
  if (!from || !to) return cudaErrorInvalidResourceHandle;
  if (query() != cudaSuccess || other.query() != cudaSuccess) return cudaErrorNotReady;
  *milliseconds = static_cast<float>(static_cast<double>(static_cast<int64_t>(to->time_ns - from->time_ns)) * 1e-6);
  return cudaSuccess;
}

Ref<Stamp> CpuEvent::stamp() {
  Lock lock(mutex_);
  return stamp_;
}

void CpuEvent::set_stamp(Ref<Stamp> stamp) {
  Lock lock(mutex_);
  stamp_ = static_cast<Ref<Stamp>&&>(stamp);
}

CpuStream::CpuStream(CpuDevice& device, unsigned flags, int priority, Queue::Order order)
    : Stream(device, flags, priority), cpu_(device), queue_(new Queue(device.error_state(), order)) {
  cpu_.add_queue(queue_);
}

CpuStream::~CpuStream() { queue_->close(); }

// The legacy default stream waits for all blocking streams, and they wait for it.
void CpuStream::depend_on_default_streams(Operation& operation) {
  if (!queue_->blocking()) return;
  for (const Ref<Queue>& other : cpu_.queues()) {
    if (!other->blocking() || queue_->legacy() == other->legacy()) continue;
    const uint64_t last = other->submitted();
    if (!other->reached(last)) operation.dependencies.push(Dependency{other, last});
  }
}

uint64_t CpuStream::submit(Owned<Operation> operation) {
  Lock lock(cpu_.order());
  depend_on_default_streams(*operation);
  return queue_->submit(static_cast<Owned<Operation>&&>(operation));
}

// Runs the operation on the calling thread when nothing is before it: no hand-over to the queue's thread.
cudaError_t CpuStream::run_now(Owned<Operation> operation) {
  uint64_t number = 0;
  bool own = false;
  {
    Lock lock(cpu_.order());
    depend_on_default_streams(*operation);
    own = operation->dependencies.empty() && queue_->idle();
    number = own ? queue_->reserve() : queue_->submit(Owned<Operation>(operation.release()));
  }
  if (!own) {
    queue_->wait(number);
    return cpu_.sticky_error();
  }
  BlockMemory unused;
  const cudaError_t error = queue_->perform(*operation, unused);
  queue_->complete(number);
  return error;
}

cudaError_t CpuStream::copy(const Copy& job) {
  submit(Owned<Operation>(new CopyOperation(job)));
  return cudaSuccess;
}

cudaError_t CpuStream::fill(const Fill& job) {
  submit(Owned<Operation>(new FillOperation(job)));
  return cudaSuccess;
}

cudaError_t CpuStream::copy_now(const Copy& job) { return run_now(Owned<Operation>(new CopyOperation(job))); }
cudaError_t CpuStream::fill_now(const Fill& job) { return run_now(Owned<Operation>(new FillOperation(job))); }

cudaError_t CpuStream::launch(Kernel& kernel, const LaunchShape& shape, const LaunchArguments& arguments) {
  auto& cpu_kernel = static_cast<CpuKernel&>(kernel);
  Vector<uint8_t> params;
  const cudaError_t error = cpu_kernel.keep_arguments(arguments, &params);
  if (error != cudaSuccess) return error;
  kernel.note_launch();
  LaunchShape resolved = shape;
  resolved.priority = shape.priority == LaunchShape::kOfTheStream ? priority() : clamp_priority(device(), shape.priority);
  submit(Owned<Operation>(new LaunchOperation(cpu_.pool(), cpu_kernel, resolved, static_cast<Vector<uint8_t>&&>(params))));
  return cudaSuccess;
}

cudaError_t CpuStream::call(void (*function)(void*), void* data) {
  submit(Owned<Operation>(new CallOperation(function, data)));
  return cudaSuccess;
}

cudaError_t CpuStream::record(Event& event) {
  Ref<Stamp> stamp(new Stamp);
  stamp->queue = queue_;
  stamp->shared = static_cast<CpuEvent&>(event).shared();
  if (stamp->shared) stamp->shared_number = stamp->shared->begin();
  Owned<Operation> operation(new StampOperation(stamp));
  // The number is known only under the order lock; nobody else sees the stamp before set_stamp.
  stamp->number = submit(static_cast<Owned<Operation>&&>(operation));
  static_cast<CpuEvent&>(event).set_stamp(stamp);
  return cudaSuccess;
}

cudaError_t CpuStream::wait(Event& event) {
  const Ref<SharedRecord>& shared = static_cast<CpuEvent&>(event).shared();
  if (shared) {
    submit(Owned<Operation>(new SharedWaitOperation(shared)));
    return cudaSuccess;
  }
  const Ref<Stamp> stamp = static_cast<CpuEvent&>(event).stamp();
  if (stamp) wait_for(Dependency{stamp->queue, stamp->number});  // never recorded: nothing to wait for
  return cudaSuccess;
}

void CpuStream::wait_for(const Dependency& dependency) {
  Owned<Operation> operation(new WaitOperation);
  operation->dependencies.push(dependency);
  submit(static_cast<Owned<Operation>&&>(operation));
  Lock lock(cpu_.order());
  for (size_t i = waited_.size(); i-- > 0;) {
    const bool same = waited_[i].queue.get() == dependency.queue.get();
    if (same && waited_[i].number >= dependency.number) return;
    if (same || waited_[i].queue->finished()) waited_.erase(i);
  }
  waited_.push(dependency);
}

Dependency CpuStream::mark() { return Dependency{queue_, submit(Owned<Operation>(new WaitOperation))}; }

bool CpuStream::comes_after(const Dependency& dependency) {
  const Queue& other = *dependency.queue;
  if (queue_->blocking() && other.blocking() && queue_->legacy() != other.legacy()) return true;
  Lock lock(cpu_.order());
  for (const Dependency& waited : waited_) {
    if (waited.queue.get() == &other && waited.number >= dependency.number) return true;
  }
  return false;
}

void CpuStream::unmap(void* memory, size_t bytes) { submit(Owned<Operation>(new UnmapOperation(memory, bytes))); }

// The legacy stream stands for all blocking streams as well: work in them comes before it.
cudaError_t CpuStream::query() {
  if (!queue_->legacy()) return queue_->idle() ? cudaSuccess : cudaErrorNotReady;
  Lock lock(cpu_.order());
  for (const Ref<Queue>& other : cpu_.queues()) {
    if (other->blocking() && !other->idle()) return cudaErrorNotReady;
  }
  return cudaSuccess;
}

cudaError_t CpuStream::synchronize() {
  if (queue_->legacy()) return cpu_.wait_for([](const Queue& queue) { return queue.blocking(); });
  queue_->wait(queue_->submitted());
  cpu_.trim_pools();
  return cpu_.sticky_error();
}

cudaError_t CpuStream::release(void* memory) {
  submit(Owned<Operation>(new ReleaseOperation(memory)));
  return cudaSuccess;
}

}  // namespace cw::cpu
