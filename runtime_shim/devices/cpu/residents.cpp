#include "devices/cpu/residents.hpp"

#include "devices/cpu/child_work.hpp"

namespace cw::cpu {

Resident::Resident(const cw_cpu_block& block, BlockMemory& memory) : left_(1) {
  Member& member = *members_.push(Owned<Member>(new Member));
  member.memory.swap(memory);
  member.block = block;
  member.block.resumed = 1;
}

Resident::Resident(const cw_cpu_launch& launch, const uint32_t first[3], size_t shared_bytes, size_t arena_bytes) {
  const uint32_t* size = launch.cluster;
  left_ = size_t{size[0]} * size[1] * size[2];
  for (uint32_t rank = 0; rank < left_; ++rank) {
    Member& member = *members_.push(Owned<Member>(new Member));
    member.memory.reserve(shared_bytes, arena_bytes);
    const uint32_t place[3] = {rank % size[0], rank / size[0] % size[1], rank / size[0] / size[1]};
    for (int axis = 0; axis < 3; ++axis) member.block.ctaid[axis] = first[axis] + place[axis];
    member.block.shared = member.memory.shared();
    member.block.arena = member.memory.arena();
    member.block.cluster = &cluster_;
    by_rank_.push(&member.block);
  }
  cluster_.meeting.counts = uint64_t{left_} << 32;
  cluster_.blocks = by_rank_.data();
}

Step Resident::step(const cw_cpu_kernel& kernel, const cw_cpu_launch& launch, const cw_cpu_block** running) {
  Step result = Step::kIdle;
  for (Owned<Member>& member : members_) {
    if (member->done) continue;
    *running = &member->block;
    const int32_t status = kernel.run_block(&launch, &member->block);
    finish_child_work();
    member->block.resumed = 1;
    if (status == CW_CPU_DEADLOCK) return Step::kDeadlock;
    if (status == CW_CPU_IDLE) continue;
    result = Step::kSuspended;
    if (status == CW_CPU_DONE) {
      member->done = true;
      --left_;
    }
  }
  return left_ == 0 ? Step::kDone : result;
}

Residents::~Residents() {
  while (first_ != nullptr) {
    Owned<Resident> resident(first_);
    first_ = resident->next_;
  }
}

void Residents::enter() {
  Lock lock(mutex_);
  ++running_;
}

void Residents::leave() {
  Lock lock(mutex_);
  --running_;
  changed_.wake_all();
}

void Residents::put(Owned<Resident> resident, Step last) {
  Lock lock(mutex_);
  resident->next_ = nullptr;
  *end_ = resident.get();
  end_ = &resident.release()->next_;
  waiting_.fetch_add(1, std::memory_order_relaxed);
  if (last == Step::kIdle) {
    ++idle_;
    alone_ = running_ == 1 ? alone_ + 1 : 0;
  } else {
    idle_ = alone_ = 0;
    changed_.wake_all();
  }
}

void Residents::note_progress() {
  if (waiting() == 0) return;
  Lock lock(mutex_);
  idle_ = alone_ = 0;
  changed_.wake_all();
}

Residents::Taken Residents::take(Owned<Resident>* out) {
  Lock lock(mutex_);
  --running_;
  while (!stopped_ && first_ != nullptr && running_ > 0 && everyone_idle()) changed_.wait(mutex_);
  ++running_;
  if (stopped_ || first_ == nullptr) return Taken::kNone;
  // Something may have happened after a turn and before it was counted: only a whole round of a lone thread is proof.
  if (running_ == 1 && alone_ > waiting()) return Taken::kStuck;
  out->reset(first_);
  first_ = first_->next_;
  if (first_ == nullptr) end_ = &first_;
  waiting_.fetch_sub(1, std::memory_order_relaxed);
  return Taken::kOne;
}

void Residents::stop() {
  Lock lock(mutex_);
  stopped_ = true;
  changed_.wake_all();
}

}  // namespace cw::cpu
