#include "core/graph_conditional.hpp"

#include "core/log.hpp"

namespace cw {
namespace {

// In a stream's function: errors can only be said.
void run_in_stream(void* raw) {
  auto* bodies = static_cast<ConditionalBodies*>(raw);
  const cudaError_t error = bodies->run();
  if (error != cudaSuccess) say("the body of a conditional node fails with error %d", static_cast<int>(error));
  bodies->release();
}

}  // namespace

ConditionalBodies::ConditionalBodies(Device& on, const Ref<GraphCondition>& what, cudaGraphConditionalNodeType kind, size_t count)
    : device(on), condition(what), type(kind) {
  for (size_t i = 0; i < count; ++i) {
    graphs.push(Owned<Graph>(new Graph));
    graphs.back()->inner = true;
    handles.push(graphs.back()->handle());
  }
}

Ref<ConditionalBodies> ConditionalBodies::copy() const {
  Ref<ConditionalBodies> made(new ConditionalBodies(device, condition, type, graphs.size()));
  for (size_t i = 0; i < graphs.size(); ++i) graphs[i]->copy_to(*made->graphs[i]);
  return made;
}

cudaError_t ConditionalBodies::prepare() {
  cudaError_t error = device.create_stream(cudaStreamNonBlocking, 0, &stream_);
  schedules_.resize(graphs.size());
  for (size_t i = 0; i < graphs.size() && error == cudaSuccess; ++i)
    error = GraphSchedule::make(*graphs[i], &schedules_[i], nullptr);
  return error;
}

cudaError_t ConditionalBodies::run_body(size_t i) {
  const cudaError_t error = schedules_[i]->submit(*stream_);
  return error != cudaSuccess ? error : stream_->synchronize();
}

cudaError_t ConditionalBodies::run() {
  const unsigned value = condition->value();
  if (type == cudaGraphCondTypeSwitch) return value < graphs.size() ? run_body(value) : cudaSuccess;
  if (type == cudaGraphCondTypeIf) {
    const size_t body = value != 0 ? 0 : 1;
    return body < graphs.size() ? run_body(body) : cudaSuccess;
  }
  cudaError_t error = cudaSuccess;
  while (error == cudaSuccess && condition->value() != 0) error = run_body(0);
  return error;
}

cudaError_t ConditionalWork::submit(Stream& stream) {
  if (stream.device().calls_may_submit()) {
    bodies_->retain();
    const cudaError_t error = stream.call(run_in_stream, bodies_.get());
    if (error != cudaSuccess) bodies_->release();
    return error;
  }
  const cudaError_t error = stream.synchronize();
  return error != cudaSuccess ? error : bodies_->run();
}

cudaGraphExecUpdateResult ConditionalWork::accepts(const GraphWork& next) const {
  const auto& other = static_cast<const ConditionalWork&>(next).bodies();
  const bool same = other.type == bodies_->type && other.graphs.size() == bodies_->graphs.size();
  return same ? cudaGraphExecUpdateSuccess : cudaGraphExecUpdateErrorParametersChanged;
}

void ConditionalWork::take(const GraphWork& next) {
  bodies_->condition = static_cast<const ConditionalWork&>(next).bodies().condition;
}

void ConditionalWork::describe(DotFile& file) const {
  static const char* const names[] = {"IF", "WHILE", "SWITCH"};
  if (!file.wants(cudaGraphDebugDotFlagsConditionalNodeParams)) return;
  file.line("%s %zu", names[bodies_->type], bodies_->graphs.size());
  file.line("handle: 0x%llx", bodies_->condition->handle());
}

Ref<GraphCondition> find_condition(const Graph& graph, cudaGraphConditionalHandle handle) {
  for (const Ref<GraphCondition>& condition : graph.conditions) {
    if (condition->handle() == handle) return condition;
  }
  return Ref<GraphCondition>();
}

}  // namespace cw
