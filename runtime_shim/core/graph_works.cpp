#include "core/graph_works.hpp"

#include <string.h>

#include "core/copies.hpp"
#include "core/launch.hpp"
#include "core/launch_attributes.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

template <typename T>
Vector<T> copied(const Vector<T>& from) {
  Vector<T> to;
  to.reserve(from.size());
  for (const T& item : from) to.push(item);
  return to;
}

const char* kind_name(cudaMemcpyKind kind) {
  static const char* const names[] = {"HtoH", "HtoD", "DtoH", "DtoD", "Default"};
  return names[kind];
}

}  // namespace

Owned<GraphWork> KernelWork::clone() const {
  Owned<GraphWork> made(new KernelWork(*device_, function_, *kernel_));
  made->take(*this);
  return made;
}

void KernelWork::take(const GraphWork& next) {
  const auto& from = static_cast<const KernelWork&>(next);
  device_ = from.device_;
  function_ = from.function_;
  kernel_ = from.kernel_;
  shape_ = from.shape_;
  arguments_ = copied(from.arguments_);
  pointers_.clear();
  attributes_ = copied(from.attributes_);
}

cudaError_t KernelWork::set(const LaunchShape& shape, const LaunchArguments& arguments) {
  const cudaDeviceProp* properties = nullptr;
  cudaError_t error = runtime().properties(runtime().ordinal_of(*device_), &properties);
  if (error == cudaSuccess) error = check_launch(*kernel_, shape, *properties);
  Vector<uint8_t> kept;
  if (error == cudaSuccess) error = kernel_->keep_arguments(arguments, &kept);
  if (error != cudaSuccess) return error;
  shape_ = shape;
  arguments_ = static_cast<Vector<uint8_t>&&>(kept);
  pointers_.clear();
  return cudaSuccess;
}

// Captured launches name the kernel by itself: the host stub is looked for when it is asked for.
const void* KernelWork::function() const {
  if (function_ != nullptr) return function_;
  const int ordinal = runtime().ordinal_of(*device_);
  const void* stub = runtime().registry().stub_of(kernel_, ordinal);
  if (stub == nullptr) runtime().registry().give_out(kernel_, ordinal);
  return stub != nullptr ? stub : kernel_;
}

cudaError_t KernelWork::pointers(void*** out) {
  size_t offset = 0;
  size_t bytes = 0;
  pointers_.clear();
  cudaError_t error = kernel_->parameter(0, &offset, &bytes);
  for (size_t i = 1; error == cudaSuccess; ++i) {
    pointers_.push(arguments_.data() + offset);
    error = kernel_->parameter(i, &offset, &bytes);
  }
  *out = pointers_.empty() ? nullptr : pointers_.data();
  return error == cudaErrorInvalidValue ? cudaSuccess : error;
}

// set() has looked at all but what attributes changed since.
cudaError_t KernelWork::prepare() {
  if (!shape_.cooperative && !shape_.has_clusters()) return cudaSuccess;
  const cudaDeviceProp* properties = nullptr;
  const cudaError_t error = runtime().properties(runtime().ordinal_of(*device_), &properties);
  return error != cudaSuccess ? error : check_launch(*kernel_, shape_, *properties);
}

cudaError_t KernelWork::submit(Stream& stream) {
  return stream.launch(*kernel_, shape_, LaunchArguments{nullptr, arguments_.data(), arguments_.size()});
}

// A handle among the arguments lies where its alignment puts it.
bool KernelWork::is_given(const GraphCondition& condition) const {
  const cudaGraphConditionalHandle handle = condition.handle();
  for (size_t i = 0; i + sizeof handle <= arguments_.size(); i += sizeof handle) {
    if (memcmp(arguments_.data() + i, &handle, sizeof handle) == 0) return true;
  }
  return false;
}

cudaError_t KernelWork::set_attribute(cudaLaunchAttributeID id, const cudaLaunchAttributeValue& value) {
  cudaLaunchAttribute added = {};
  added.id = id;
  added.val = value;
  LaunchAttributes read;
  const cudaError_t error = read_launch_attributes(&added, 1, &read);
  if (error != cudaSuccess || id == cudaLaunchAttributeIgnore) return error;
  if (id == cudaLaunchAttributeCooperative) shape_.cooperative = read.cooperative;
  if (id == cudaLaunchAttributeClusterDimension) shape_.cluster = read.cluster;
  if (read.has_priority) shape_.priority = clamp_priority(*device_, read.priority);
  for (cudaLaunchAttribute& known : attributes_) {
    if (known.id == id) known.val = value;
    if (known.id == id) return cudaSuccess;
  }
  attributes_.push(added);
  return cudaSuccess;
}

cudaError_t KernelWork::attribute(cudaLaunchAttributeID id, cudaLaunchAttributeValue* out) const {
  if (id <= cudaLaunchAttributeIgnore || id > cudaLaunchAttributeNvlinkUtilCentricScheduling) return cudaErrorInvalidValue;
  *out = cudaLaunchAttributeValue{};
  if (id == cudaLaunchAttributeCooperative) out->cooperative = shape_.cooperative ? 1 : 0;
  if (id == cudaLaunchAttributePriority && shape_.priority != LaunchShape::kOfTheStream) out->priority = shape_.priority;
  if (id == cudaLaunchAttributeClusterDimension) {
    out->clusterDim.x = shape_.cluster.x;
    out->clusterDim.y = shape_.cluster.y;
    out->clusterDim.z = shape_.cluster.z;
    return cudaSuccess;
  }
  for (const cudaLaunchAttribute& known : attributes_) {
    if (known.id == id) *out = known.val;
  }
  return cudaSuccess;
}

void KernelWork::keep_settings(const GraphWork& old) {
  const auto& from = static_cast<const KernelWork&>(old);
  attributes_ = copied(from.attributes_);
  shape_.cooperative = from.shape_.cooperative;
  shape_.cluster = from.shape_.cluster;
  shape_.priority = from.shape_.priority;
}

void KernelWork::describe(DotFile& file) const {
  const char* name = runtime().registry().kernel_name(function());
  if (name != nullptr) file.line("%s", name);
  const LaunchShape& s = shape_;
  file.line("<<<(%u,%u,%u),(%u,%u,%u),%zu>>>", s.grid.x, s.grid.y, s.grid.z, s.block.x, s.block.y, s.block.z, s.dynamic_shared);
  if (file.wants(cudaGraphDebugDotFlagsKernelNodeParams)) file.line("func: %p", function());
  if (file.wants(cudaGraphDebugDotFlagsKernelNodeAttributes)) file.line("cooperative: %d", s.cooperative ? 1 : 0);
}

cudaError_t CopyWork::submit(Stream& stream) { return submit_copy(stream, copy_, false); }

cudaMemcpy3DParms CopyWork::description() const {
  if (described_) return description_;
  cudaMemcpy3DParms out = {};
  const size_t src_rows = copy_.src_pitch != 0 ? copy_.src_slice / copy_.src_pitch : copy_.height;
  const size_t dst_rows = copy_.dst_pitch != 0 ? copy_.dst_slice / copy_.dst_pitch : copy_.height;
  out.srcPtr = cudaPitchedPtr{const_cast<void*>(copy_.src), copy_.src_pitch, copy_.width, src_rows};
  out.dstPtr = cudaPitchedPtr{copy_.dst, copy_.dst_pitch, copy_.width, dst_rows};
  out.extent = cudaExtent{copy_.width, copy_.height, copy_.depth};
  out.kind = copy_.kind;
  return out;
}

void CopyWork::describe(DotFile& file) const {
  file.line("(%s,%zu)", kind_name(copy_.kind), copy_.width * copy_.height * copy_.depth);
  if (file.wants(cudaGraphDebugDotFlagsMemcpyNodeParams)) file.line("src: %p dst: %p", copy_.src, copy_.dst);
}

cudaError_t FillWork::submit(Stream& stream) { return submit_fill(stream, fill_, false); }

void FillWork::describe(DotFile& file) const {
  file.line("(%u,%zux%zu)", fill_.value, fill_.width * fill_.value_bytes, fill_.height);
  if (file.wants(cudaGraphDebugDotFlagsMemsetNodeParams)) file.line("dst: %p pitch: %zu", fill_.dst, fill_.pitch);
}

void HostWork::describe(DotFile& file) const {
  if (!file.wants(cudaGraphDebugDotFlagsHostNodeParams)) return;
  file.line("fn: %p", reinterpret_cast<void*>(function_));
  file.line("userData: %p", data_);
}

cudaError_t EventWork::submit(Stream& stream) {
  Event* event = runtime().events().find(event_);
  if (event == nullptr) return cudaErrorInvalidResourceHandle;
  return type_ == cudaGraphNodeTypeEventRecord ? stream.record(*event) : stream.wait(*event);
}

void EventWork::describe(DotFile& file) const {
  if (file.wants(cudaGraphDebugDotFlagsEventNodeParams)) file.line("event: %p", static_cast<const void*>(event_));
}

Owned<GraphWork> AllocWork::clone() const {
  Owned<AllocWork> made(new AllocWork(parameters_));
  made->memory_ = memory_;
  return Owned<GraphWork>(made.release());
}

void AllocWork::set_memory(const Ref<GraphMemory>& memory) {
  memory_ = memory;
  parameters_.dptr = memory->address();
}

cudaGraphExecUpdateResult AllocWork::accepts(const GraphWork& next) const {
  const bool same = static_cast<const AllocWork&>(next).memory_.get() == memory_.get();
  return same ? cudaGraphExecUpdateSuccess : cudaGraphExecUpdateErrorNotSupported;
}

void AllocWork::describe(DotFile& file) const { file.line("%p, %zu bytes", parameters_.dptr, parameters_.bytesize); }

cudaGraphExecUpdateResult FreeWork::accepts(const GraphWork& next) const {
  const bool same = static_cast<const FreeWork&>(next).memory_.get() == memory_.get();
  return same ? cudaGraphExecUpdateSuccess : cudaGraphExecUpdateErrorNotSupported;
}

void FreeWork::describe(DotFile& file) const { file.line("%p", memory_->address()); }

ChildWork::ChildWork(Owned<Graph> graph) : graph_(static_cast<Owned<Graph>&&>(graph)) { graph_->inner = true; }

Owned<GraphWork> ChildWork::clone() const {
  Owned<Graph> copy(new Graph);
  graph_->copy_to(*copy);
  return Owned<GraphWork>(new ChildWork(static_cast<Owned<Graph>&&>(copy)));
}

}  // namespace cw
