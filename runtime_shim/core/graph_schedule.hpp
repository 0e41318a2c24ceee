// In which streams, and in which order, the nodes of a graph run: worked out once, when the graph is instantiated.
//
// Lane 0 is the stream of the launch; a branch that can run beside it gets a lane of its own, an internal stream, while there are
// lanes. A dependency between lanes is an event, left out where others imply it. A graph without branches uses no lane and no
// event.
#pragma once

#include "core/ref.hpp"
#include "devices/device.hpp"

namespace cw {

class GraphCondition;
class Graph;
class GraphNode;

class GraphSchedule : public Counted {
 public:
  // Prepares every node's work. cudaErrorInvalidValue where dependencies form a circle; else what a node's preparation answers.
  // `culprit`, where not null: that node, or one of the circle. The graph must outlive the schedule.
  static cudaError_t make(Graph& graph, Ref<GraphSchedule>* out, GraphNode** culprit);
  // One launch: adds all work to `stream` and the lanes; what `stream` is given next comes after all of it.
  cudaError_t submit(Stream& stream);

 private:
  friend class LanePlan;
  enum class Action : uint8_t { kRun, kRecord, kWait };
  struct Step {
    Action action;
    uint8_t lane;
    GraphNode* node;  // kRun
    Event* event;     // the others
  };
  GraphSchedule(Graph& graph, Device& device) : graph_(graph), device_(&device) {}
  cudaError_t run(Stream& stream);
  cudaError_t run_elsewhere(Stream& stream);

  Graph& graph_;
  Device* device_;  // of lane 0
  Vector<Step> steps_;
  Vector<Owned<Stream>> lanes_;  // from lane 1 on
  Vector<Owned<Event>> events_;
  // For launches into a stream of another device.
  Owned<Stream> own_;
  Owned<Event> begin_;
  Owned<Event> end_;
};

}  // namespace cw
