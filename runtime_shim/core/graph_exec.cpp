#include "core/graph_exec.hpp"

#include "core/capture.hpp"
#include "core/graph_works.hpp"
#include "core/immortal.hpp"
#include "core/log.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

Mutex handles_mutex;
constinit Immortal<FlatMap<const void*, Ref<GraphExec>>> execs;

constexpr unsigned long long kKnownFlags = cudaGraphInstantiateFlagAutoFreeOnLaunch | cudaGraphInstantiateFlagUpload |
                                           cudaGraphInstantiateFlagDeviceLaunch | cudaGraphInstantiateFlagUseNodePriority;

bool all_conditions_used(const Graph& graph) {
  for (const Ref<GraphCondition>& condition : graph.conditions) {
    if (!condition->used) return false;
  }
  for (const Owned<GraphNode>& node : graph.nodes()) {
    for (size_t i = 0; i < node->work->graph_count(); ++i) {
      if (!all_conditions_used(*node->work->graph(i))) return false;
    }
  }
  return true;
}

void release_objects(void* raw) { static_cast<UserObjects*>(raw)->release(); }

bool is_alive(Device& device, Stream* stream, uint64_t id) {
  const bool known =
      stream == &device.legacy_stream() || stream == &device.thread_stream() || runtime().streams().find(stream) != nullptr;
  return known && stream->id() == id;
}

}  // namespace

cudaError_t GraphExec::make(Graph& graph, int ordinal, unsigned long long flags, cudaGraphExec_t* out, GraphNode** culprit,
                            cudaGraphInstantiateResult* result) {
  cudaGraphInstantiateResult unused;
  if (result == nullptr) result = &unused;
  *result = cudaGraphInstantiateError;
  if ((flags & ~kKnownFlags) != 0) return cudaErrorInvalidValue;
  if ((flags & cudaGraphInstantiateFlagDeviceLaunch) != 0) {
    say_unsupported("launching graphs from device code (cudaGraphInstantiateFlagDeviceLaunch)");
    return cudaErrorNotSupported;
  }
  const bool single = graph.has_memory();
  if (single && graph.execs->count.load() != 0) return cudaErrorInvalidValue;
  *result = cudaGraphInstantiateConditionalHandleUnused;
  if (!all_conditions_used(graph)) return cudaErrorInvalidValue;
  Ref<GraphExec> made(new GraphExec(ordinal, flags));
  graph.copy_to(*made->graph_);
  made->index(*made->graph_);
  GraphNode* failed = nullptr;
  const cudaError_t error = GraphSchedule::make(*made->graph_, &made->schedule_, &failed);
  if (error != cudaSuccess) {
    *result = error == cudaErrorNotSupported ? cudaGraphInstantiateNodeOperationNotSupported : cudaGraphInstantiateInvalidStructure;
    // The program knows the original, not the copy.
    for (const Owned<GraphNode>& node : graph.nodes()) {
      if (culprit != nullptr && failed != nullptr && node->id == failed->origin) *culprit = node.get();
    }
    return error;
  }
  if (single) {
    made->live_ = graph.execs;
    made->live_->count.fetch_add(1);
  }
  *result = cudaGraphInstantiateSuccess;
  *out = reinterpret_cast<cudaGraphExec_t>(made.get());
  Lock lock(handles_mutex);
  execs.value.set(made.get(), made);
  return cudaSuccess;
}

GraphExec::~GraphExec() {
  if (live_) live_->count.fetch_sub(1);
}

size_t GraphExec::count() {
  Lock lock(handles_mutex);
  return execs.value.size();
}

Ref<GraphExec> GraphExec::find(cudaGraphExec_t handle) {
  Lock lock(handles_mutex);
  Ref<GraphExec>* found = execs.value.find(handle);
  return found != nullptr ? *found : Ref<GraphExec>();
}

bool GraphExec::destroy(cudaGraphExec_t handle) {
  const Ref<GraphExec> last = find(handle);  // destroyed outside the lock
  Lock lock(handles_mutex);
  execs.value.erase(handle);
  return static_cast<bool>(last);
}

void GraphExec::destroy_all(int ordinal) {
  Vector<Ref<GraphExec>> gone;
  Lock lock(handles_mutex);
  for (auto& item : execs.value) {
    if (item.value->ordinal_ == ordinal) gone.push(item.value);
  }
  for (const Ref<GraphExec>& exec : gone) execs.value.erase(exec.get());
}

void GraphExec::index(Graph& graph) {
  for (const Owned<GraphNode>& node : graph.nodes()) {
    copies_.set(node->origin, node.get());
    GraphWork& work = *node->work;
    if (work.type() == cudaGraphNodeTypeMemAlloc) {
      const Ref<GraphMemory>& memory = static_cast<AllocWork&>(work).memory();
      bool known = false;
      for (const Ref<GraphMemory>& one : allocated_) known = known || one.get() == memory.get();
      if (!known) allocated_.push(memory);
    }
    conditional_ = conditional_ || work.type() == cudaGraphNodeTypeConditional;
    for (size_t i = 0; i < work.graph_count(); ++i) index(*work.graph(i));
  }
}

cudaError_t GraphExec::launch(Stream& stream) {
  if (stream.capturing()) return static_cast<CapturingStream&>(stream).add_graph(*graph_);
  Lock lock(mutex_);
  cudaError_t error = after_launch_before(stream);
  if (error == cudaSuccess) error = check_memory();
  if (error == cudaSuccess) error = schedule_->submit(stream);
  if (error != cudaSuccess || graph_->objects->empty()) return error;
  graph_->objects->retain();
  error = stream.call(release_objects, graph_->objects.get());
  if (error != cudaSuccess) graph_->objects->release();
  return error;
}

// The event is recorded only when a launch goes to another stream than the one before: later than needed, but launches that stay in
// one stream pay nothing.
cudaError_t GraphExec::after_launch_before(Stream& stream) {
  Stream* before = last_stream_;
  const uint64_t before_id = last_stream_id_;
  last_stream_ = &stream;
  last_stream_id_ = stream.id();
  if (before == nullptr || before_id == stream.id()) return cudaSuccess;
  Device& device = runtime().device(ordinal_);
  if (!is_alive(device, before, before_id)) return device.synchronize();
  cudaError_t error = before->device().create_event(cudaEventDisableTiming, &last_);
  if (error == cudaSuccess) error = before->record(*last_);
  return error == cudaSuccess ? stream.wait(*last_) : error;
}

cudaError_t GraphExec::check_memory() {
  for (const Ref<GraphMemory>& memory : allocated_) {
    if (!memory->valid()) continue;
    if ((flags_ & cudaGraphInstantiateFlagAutoFreeOnLaunch) == 0) return cudaErrorInvalidValue;
    memory->free();
  }
  return cudaSuccess;
}

GraphNode* GraphExec::copy_of(const GraphNode& original) {
  GraphNode** found = copies_.find(original.id);
  return found != nullptr ? *found : nullptr;
}

// Bodies of conditional nodes read their works when they run: launches in flight are let through first.
void GraphExec::settle() {
  if (conditional_ && last_stream_ != nullptr) runtime().device(ordinal_).synchronize();
}

cudaError_t GraphExec::set_work(const GraphNode& original, GraphWork& work) {
  Lock lock(mutex_);
  GraphNode* copy = copy_of(original);
  if (copy == nullptr || copy->work->type() != work.type()) return cudaErrorInvalidValue;
  if (copy->work->accepts(work) != cudaGraphExecUpdateSuccess) return cudaErrorInvalidValue;
  settle();
  work.keep_settings(*copy->work);
  copy->work->take(work);
  return cudaSuccess;
}

bool GraphExec::set_enabled(const GraphNode& original, bool on) {
  Lock lock(mutex_);
  GraphNode* copy = copy_of(original);
  if (copy == nullptr || !copy->work->can_be_disabled()) return false;
  settle();
  copy->enabled = on;
  return true;
}

}  // namespace cw
