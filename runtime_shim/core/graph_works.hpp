// The kinds of graph nodes.
#pragma once

#include "core/graph.hpp"
#include "core/graph_memory.hpp"
#include "core/graph_schedule.hpp"

namespace cw {

class KernelWork final : public GraphWork {
 public:
  // `function`: what the program named the kernel by (host stub or handle), for cudaGraphKernelNodeGetParams.
  KernelWork(Device& device, const void* function, Kernel& kernel) : device_(&device), function_(function), kernel_(&kernel) {}
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeKernel; }
  Owned<GraphWork> clone() const override;
  cudaError_t submit(Stream& stream) override;
  cudaError_t prepare() override;
  Device* device() const override { return device_; }
  void take(const GraphWork& next) override;
  bool is_given(const GraphCondition& condition) const override;
  bool can_be_disabled() const override { return true; }
  void describe(DotFile& file) const override;

  // The arguments are copied. Errors of core/launch.hpp, and cudaErrorInvalidValue for a null among them.
  cudaError_t set(const LaunchShape& shape, const LaunchArguments& arguments);
  // The kept arguments, one pointer a parameter, in this object's own memory; null without parameters.
  cudaError_t pointers(void*** out);
  cudaError_t set_attribute(cudaLaunchAttributeID id, const cudaLaunchAttributeValue& value);
  cudaError_t attribute(cudaLaunchAttributeID id, cudaLaunchAttributeValue* out) const;
  void keep_settings(const GraphWork& old) override;  // attributes

  const void* function() const;
  Kernel& kernel() const { return *kernel_; }
  const LaunchShape& shape() const { return shape_; }

 private:
  Device* device_;
  const void* function_;
  Kernel* kernel_;
  LaunchShape shape_{};
  Vector<uint8_t> arguments_;
  Vector<void*> pointers_;  // into arguments_, made on request
  Vector<cudaLaunchAttribute> attributes_;
};

class CopyWork final : public GraphWork {
 public:
  explicit CopyWork(const Copy& copy) : copy_(copy) {}
  // `description`: what cudaGraphMemcpyNodeGetParams returns.
  CopyWork(const Copy& copy, const cudaMemcpy3DParms& description) : copy_(copy), described_(true), description_(description) {}
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeMemcpy; }
  Owned<GraphWork> clone() const override { return Owned<GraphWork>(new CopyWork(*this)); }
  cudaError_t submit(Stream& stream) override;
  void take(const GraphWork& next) override { *this = static_cast<const CopyWork&>(next); }
  bool can_be_disabled() const override { return true; }
  void describe(DotFile& file) const override;
  cudaMemcpy3DParms description() const;

 private:
  Copy copy_;
  bool described_ = false;
  cudaMemcpy3DParms description_{};
};

class FillWork final : public GraphWork {
 public:
  explicit FillWork(const Fill& fill) : fill_(fill) {}
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeMemset; }
  Owned<GraphWork> clone() const override { return Owned<GraphWork>(new FillWork(fill_)); }
  cudaError_t submit(Stream& stream) override;
  void take(const GraphWork& next) override { fill_ = static_cast<const FillWork&>(next).fill_; }
  bool can_be_disabled() const override { return true; }
  void describe(DotFile& file) const override;
  const Fill& fill() const { return fill_; }

 private:
  Fill fill_;
};

class HostWork final : public GraphWork {
 public:
  HostWork(cudaHostFn_t function, void* data) : function_(function), data_(data) {}
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeHost; }
  Owned<GraphWork> clone() const override { return Owned<GraphWork>(new HostWork(function_, data_)); }
  cudaError_t submit(Stream& stream) override { return stream.call(function_, data_); }
  void take(const GraphWork& next) override { *this = HostWork(static_cast<const HostWork&>(next)); }
  void describe(DotFile& file) const override;
  cudaHostNodeParams parameters() const { return {function_, data_}; }

 private:
  cudaHostFn_t function_;
  void* data_;
};

class EmptyWork final : public GraphWork {
 public:
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeEmpty; }
  Owned<GraphWork> clone() const override { return Owned<GraphWork>(new EmptyWork); }
  cudaError_t submit(Stream&) override { return cudaSuccess; }
  void take(const GraphWork&) override {}
  void describe(DotFile&) const override {}
};

class EventWork final : public GraphWork {
 public:
  // `what`: cudaGraphNodeTypeEventRecord or cudaGraphNodeTypeWaitEvent.
  EventWork(cudaGraphNodeType what, cudaEvent_t event) : type_(what), event_(event) {}
  cudaGraphNodeType type() const override { return type_; }
  Owned<GraphWork> clone() const override { return Owned<GraphWork>(new EventWork(type_, event_)); }
  cudaError_t submit(Stream& stream) override;
  void take(const GraphWork& next) override { event_ = static_cast<const EventWork&>(next).event_; }
  void describe(DotFile& file) const override;
  cudaEvent_t event() const { return event_; }

 private:
  cudaGraphNodeType type_;
  cudaEvent_t event_;
};

class AllocWork final : public GraphWork {
 public:
  explicit AllocWork(const cudaMemAllocNodeParams& parameters) : parameters_(parameters) {}
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeMemAlloc; }
  Owned<GraphWork> clone() const override;
  cudaError_t submit(Stream&) override { return memory_->allocate() ? cudaSuccess : cudaErrorInvalidValue; }
  void take(const GraphWork&) override {}
  cudaGraphExecUpdateResult accepts(const GraphWork& next) const override;
  bool can_be_cloned() const override { return false; }
  void describe(DotFile& file) const override;
  void set_memory(const Ref<GraphMemory>& memory);
  const Ref<GraphMemory>& memory() const { return memory_; }
  const cudaMemAllocNodeParams& parameters() const { return parameters_; }

 private:
  cudaMemAllocNodeParams parameters_;
  Ref<GraphMemory> memory_;
};

class FreeWork final : public GraphWork {
 public:
  explicit FreeWork(const Ref<GraphMemory>& memory) : memory_(memory) {}
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeMemFree; }
  Owned<GraphWork> clone() const override { return Owned<GraphWork>(new FreeWork(memory_)); }
  cudaError_t submit(Stream&) override { return memory_->free() ? cudaSuccess : cudaErrorInvalidValue; }
  void take(const GraphWork&) override {}
  cudaGraphExecUpdateResult accepts(const GraphWork& next) const override;
  bool can_be_cloned() const override { return false; }
  void describe(DotFile& file) const override;
  const Ref<GraphMemory>& memory() const { return memory_; }

 private:
  Ref<GraphMemory> memory_;
};

class ChildWork final : public GraphWork {
 public:
  explicit ChildWork(Owned<Graph> graph);
  cudaGraphNodeType type() const override { return cudaGraphNodeTypeGraph; }
  Owned<GraphWork> clone() const override;
  cudaError_t prepare() override { return GraphSchedule::make(*graph_, &schedule_, nullptr); }
  cudaError_t submit(Stream& stream) override { return schedule_->submit(stream); }
  void take(const GraphWork&) override {}  // the nodes inside are updated one by one
  size_t graph_count() const override { return 1; }
  Graph* graph(size_t) const override { return graph_.get(); }
  void describe(DotFile&) const override {}

 private:
  Owned<Graph> graph_;
  Ref<GraphSchedule> schedule_;
};

}  // namespace cw
