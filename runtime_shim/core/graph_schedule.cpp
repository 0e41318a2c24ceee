#include "core/graph_schedule.hpp"

#include "core/graph.hpp"
#include "core/runtime.hpp"
#include "core/thread_state.hpp"

namespace cw {
namespace {

constexpr size_t kConcurrent = 4;  // branches side by side on one device
constexpr size_t kMostLanes = 16;  // with those of other devices

// How many nodes of each lane are known to be finished at some point.
struct Clock {
  uint32_t finished[kMostLanes] = {};
  void merge(const Clock& other) {
    for (size_t i = 0; i < kMostLanes; ++i) {
      if (finished[i] < other.finished[i]) finished[i] = other.finished[i];
    }
  }
};

struct Lane {
  Device* device;
  GraphNode* tail;  // its last node so far
  uint32_t length;
  Clock clock;  // before its next node
};

struct Place {
  uint8_t lane = 0;
  Clock clock;               // after the node
  Event* event = nullptr;    // recorded after the node
  bool after_start = false;  // waits for the beginning of the launch
  Vector<GraphNode*> waits;  // for these nodes' events
};

// The device that most of the graph's work names: that of its first such node, else the current one.
Device& device_of(const Graph& graph) {
  for (const Owned<GraphNode>& node : graph.nodes()) {
    if (node->work->device() != nullptr) return *node->work->device();
  }
  return runtime().device(current_device());
}

}  // namespace

class LanePlan {
 public:
  LanePlan(GraphSchedule& schedule, const Vector<GraphNode*>& order) : schedule_(schedule), order_(order) {
    places_.resize(order.size());
    lanes_.push(Lane{schedule.device_, nullptr, 0, Clock{}});
  }
  cudaError_t make() {
    for (GraphNode* node : order_) {
      const Vector<GraphNode*> before = comes_behind(*node);
      if (!choose(*node, before)) return cudaErrorNotSupported;
      place(*node, before);
    }
    for (size_t i = 1; i < lanes_.size(); ++i) {
      Owned<Stream> stream;
      const cudaError_t error = lanes_[i].device->create_stream(cudaStreamNonBlocking, 0, &stream);
      if (error != cudaSuccess) return error;
      schedule_.lanes_.push(static_cast<Owned<Stream>&&>(stream));
    }
    return emit();
  }

 private:
  Place& place_of(const GraphNode& node) { return places_[node.index]; }

  // Its dependencies, and for a conditional node the kernels so far that are given its condition: programs forget these edges and
  // rely on the order in which they add nodes (the CUDA samples do).
  Vector<GraphNode*> comes_behind(const GraphNode& node) const {
    Vector<GraphNode*> before;
    for (const GraphEdge& edge : node.dependencies) before.push(edge.node);
    const GraphCondition* condition = node.work->condition();
    for (size_t i = 0; condition != nullptr && order_[i] != &node; ++i) {
      if (order_[i]->work->is_given(*condition) && !before.contains(order_[i])) before.push(order_[i]);
    }
    return before;
  }

  // Behind one of `before` that is the last of its lane, else in a new lane, else in the shortest one.
  bool choose(GraphNode& node, const Vector<GraphNode*>& before) {
    Device* device = node.work->device();
    const auto fits = [&](const Lane& lane) { return device == nullptr || lane.device == device; };
    Place& here = place_of(node);
    for (GraphNode* other : before) {
      here.lane = place_of(*other).lane;
      if (lanes_[here.lane].tail == other && fits(lanes_[here.lane])) return true;
    }
    size_t same = 0;
    size_t shortest = kMostLanes;
    for (size_t i = 0; i < lanes_.size(); ++i) {
      if (!fits(lanes_[i])) continue;
      ++same;
      if (shortest == kMostLanes || lanes_[i].length < lanes_[shortest].length) shortest = i;
    }
    const bool unused = shortest != kMostLanes && lanes_[shortest].length == 0;
    if (!unused && same < kConcurrent && lanes_.size() < kMostLanes) {
      shortest = lanes_.size();
      lanes_.push(Lane{device != nullptr ? device : schedule_.device_, nullptr, 0, Clock{}});
    }
    here.lane = static_cast<uint8_t>(shortest);
    return shortest != kMostLanes;
  }

  void place(GraphNode& node, const Vector<GraphNode*>& before) {
    Place& here = place_of(node);
    Lane& lane = lanes_[here.lane];
    for (GraphNode* other : before) {
      const Place& there = place_of(*other);
      const uint32_t needed = there.clock.finished[there.lane];
      if (there.lane == here.lane || lane.clock.finished[there.lane] >= needed) continue;
      lane.clock.merge(there.clock);
      here.waits.push(other);
    }
    here.after_start = here.lane != 0 && before.empty() && lane.length == 0;
    lane.clock.finished[here.lane] = ++lane.length;
    lane.tail = &node;
    here.clock = lane.clock;
  }

  cudaError_t make_event(Device& device, Event** out) {
    Owned<Event> event;
    const cudaError_t error = device.create_event(cudaEventDisableTiming, &event);
    if (error == cudaSuccess) *out = schedule_.events_.push(static_cast<Owned<Event>&&>(event)).get();
    return error;
  }

  cudaError_t event_after(GraphNode& node) {
    Place& here = place_of(node);
    return here.event != nullptr ? cudaSuccess : make_event(*lanes_[here.lane].device, &here.event);
  }

  // Lane 0 waits for the last nodes of the others.
  cudaError_t join(Vector<GraphNode*>* last) {
    for (size_t i = lanes_.size() - 1; i > 0; --i) {
      if (lanes_[0].clock.finished[i] >= lanes_[i].length) continue;
      lanes_[0].clock.merge(lanes_[i].clock);
      last->push(lanes_[i].tail);
      const cudaError_t error = event_after(*lanes_[i].tail);
      if (error != cudaSuccess) return error;
    }
    return cudaSuccess;
  }

  void step(GraphSchedule::Action action, uint8_t lane, GraphNode* node, Event* event) {
    schedule_.steps_.push(GraphSchedule::Step{action, lane, node, event});
  }

  cudaError_t emit() {
    using Action = GraphSchedule::Action;
    Vector<GraphNode*> last;
    cudaError_t error = join(&last);
    bool forks = false;
    for (GraphNode* node : order_) {
      forks = forks || place_of(*node).after_start;
      for (GraphNode* before : place_of(*node).waits) {
        if (error == cudaSuccess) error = event_after(*before);
      }
    }
    Event* start = nullptr;
    if (error == cudaSuccess && forks) error = make_event(*schedule_.device_, &start);
    if (error != cudaSuccess) return error;
    if (start != nullptr) step(Action::kRecord, 0, nullptr, start);
    for (GraphNode* node : order_) {
      const Place& here = place_of(*node);
      if (here.after_start) step(Action::kWait, here.lane, nullptr, start);
      for (GraphNode* before : here.waits) step(Action::kWait, here.lane, nullptr, place_of(*before).event);
      step(Action::kRun, here.lane, node, nullptr);
      if (here.event != nullptr) step(Action::kRecord, here.lane, nullptr, here.event);
    }
    for (GraphNode* node : last) step(Action::kWait, 0, nullptr, place_of(*node).event);
    return cudaSuccess;
  }

  GraphSchedule& schedule_;
  const Vector<GraphNode*>& order_;
  Vector<Place> places_;  // by the nodes' index
  Vector<Lane> lanes_;
};

cudaError_t GraphSchedule::make(Graph& graph, Ref<GraphSchedule>* out, GraphNode** culprit) {
  Vector<GraphNode*> order;
  if (!graph.order(&order)) {
    for (const Owned<GraphNode>& node : graph.nodes()) {
      if (culprit != nullptr && !order.contains(node.get())) *culprit = node.get();
    }
    return cudaErrorInvalidValue;
  }
  for (GraphNode* node : order) {
    const cudaError_t error = node->work->prepare();
    if (error == cudaSuccess) continue;
    if (culprit != nullptr) *culprit = node;
    return error;
  }
  Ref<GraphSchedule> made(new GraphSchedule(graph, device_of(graph)));
  const cudaError_t error = LanePlan(*made, order).make();
  if (error == cudaSuccess) *out = made;
  return error;
}

cudaError_t GraphSchedule::submit(Stream& stream) { return &stream.device() == device_ ? run(stream) : run_elsewhere(stream); }

cudaError_t GraphSchedule::run(Stream& stream) {
  for (const Ref<GraphCondition>& condition : graph_.conditions) {
    const cudaError_t error = condition->assign_default(stream);
    if (error != cudaSuccess) return error;
  }
  for (const Step& step : steps_) {
    Stream& lane = step.lane == 0 ? stream : *lanes_[step.lane - 1u];
    cudaError_t error = cudaSuccess;
    if (step.action == Action::kRun) {
      if (step.node->enabled) error = step.node->work->submit(lane);
    } else {
      error = step.action == Action::kRecord ? lane.record(*step.event) : lane.wait(*step.event);
    }
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}

cudaError_t GraphSchedule::run_elsewhere(Stream& stream) {
  cudaError_t error = cudaSuccess;
  if (!own_) error = device_->create_stream(cudaStreamNonBlocking, 0, &own_);
  if (error == cudaSuccess) error = stream.device().create_event(cudaEventDisableTiming, &begin_);
  if (error == cudaSuccess && !end_) error = device_->create_event(cudaEventDisableTiming, &end_);
  if (error == cudaSuccess) error = stream.record(*begin_);
  if (error == cudaSuccess) error = own_->wait(*begin_);
  if (error == cudaSuccess) error = run(*own_);
  if (error == cudaSuccess) error = own_->record(*end_);
  return error == cudaSuccess ? stream.wait(*end_) : error;
}

}  // namespace cw
