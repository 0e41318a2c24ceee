// Nodes that need their place in the graph, and nodes of any kind.
#include "core/graph_build.hpp"
#include "core/graph_conditional.hpp"
#include "core/log.hpp"
#include "core/runtime.hpp"

namespace cw {
namespace {

const Ref<GraphMemory>* memory_of(const GraphNode& node, cudaGraphNodeType type) {
  if (node.work->type() != type) return nullptr;
  return type == cudaGraphNodeTypeMemAlloc ? &static_cast<AllocWork&>(*node.work).memory()
                                           : &static_cast<FreeWork&>(*node.work).memory();
}

// Memory that nodes before `node` have freed is used again, as CUDA does: every node that frees it must come before.
Ref<GraphMemory> freed_before(const Graph& graph, const GraphNode& node, Device& device, size_t bytes) {
  for (const Owned<GraphNode>& one : graph.nodes()) {
    const Ref<GraphMemory>* memory = memory_of(*one, cudaGraphNodeTypeMemAlloc);
    if (memory == nullptr || !*memory || &(*memory)->device() != &device || (*memory)->bytes() < bytes) continue;
    size_t allocated = 0;
    size_t freed = 0;
    for (const Owned<GraphNode>& other : graph.nodes()) {
      const Ref<GraphMemory>* by_alloc = memory_of(*other, cudaGraphNodeTypeMemAlloc);
      const Ref<GraphMemory>* by_free = memory_of(*other, cudaGraphNodeTypeMemFree);
      if (by_alloc != nullptr && by_alloc->get() == memory->get()) ++allocated;
      if (by_free != nullptr && by_free->get() == memory->get() && node.comes_after(other.get())) ++freed;
    }
    if (freed == allocated) return *memory;
  }
  return Ref<GraphMemory>();
}

cudaError_t check_alloc(const cudaMemAllocNodeParams& p) {
  if (p.bytesize == 0 || p.poolProps.allocType != cudaMemAllocationTypePinned) return cudaErrorInvalidValue;
  if (p.poolProps.location.type != cudaMemLocationTypeDevice) return cudaErrorInvalidValue;
  if (p.poolProps.location.id < 0 || p.poolProps.location.id >= runtime().device_count()) return cudaErrorInvalidValue;
  if (p.poolProps.handleTypes != cudaMemHandleTypeNone) return cudaErrorNotSupported;
  if (p.accessDescCount != 0 && p.accessDescs == nullptr) return cudaErrorInvalidValue;
  return cudaSuccess;
}

size_t bodies_allowed(cudaGraphConditionalNodeType type) {
  return type == cudaGraphCondTypeIf ? 2 : type == cudaGraphCondTypeWhile ? 1 : SIZE_MAX;
}

// CUDA's second versions of structures have the layout of the first.
template <typename First, typename Second>
const First* as_first(const Second* second) {
  static_assert(sizeof(First) == sizeof(Second));
  return reinterpret_cast<const First*>(second);
}

}  // namespace

cudaError_t add_alloc(Graph& graph, const Vector<GraphEdge>& after, cudaMemAllocNodeParams* p, GraphNode** out) {
  if (p == nullptr) return cudaErrorInvalidValue;
  cudaError_t error = check_alloc(*p);
  if (error != cudaSuccess) return error;
  Device& device = runtime().device(p->poolProps.location.id);
  Owned<AllocWork> owned(new AllocWork(*p));
  AllocWork& work = *owned;
  GraphNode* node = graph.add(Owned<GraphWork>(owned.release()), after);
  Ref<GraphMemory> memory = freed_before(graph, *node, device, p->bytesize);
  if (!memory) error = GraphMemory::make(device, p->poolProps.location.id, p->bytesize, &memory);
  if (error != cudaSuccess) {
    graph.remove(*node);
    return error;
  }
  work.set_memory(memory);
  p->dptr = memory->address();
  *out = node;
  return cudaSuccess;
}

cudaError_t add_alloc(Graph& graph, const Vector<GraphEdge>& after, Device& device, size_t bytes, GraphNode** out) {
  cudaMemAllocNodeParams parameters = {};
  parameters.poolProps.allocType = cudaMemAllocationTypePinned;
  parameters.poolProps.location = cudaMemLocation{cudaMemLocationTypeDevice, runtime().ordinal_of(device)};
  parameters.bytesize = bytes;
  return add_alloc(graph, after, &parameters, out);
}

cudaError_t add_free(Graph& graph, const Vector<GraphEdge>& after, void* address, GraphNode** out) {
  const Ref<GraphMemory> memory = GraphMemory::find(address);
  if (!memory) return cudaErrorInvalidValue;
  GraphNode* node = graph.add(Owned<GraphWork>(new FreeWork(memory)), after);
  size_t allocated = 0;
  size_t before = 0;
  size_t freed = 0;
  for (const Owned<GraphNode>& one : graph.nodes()) {
    const Ref<GraphMemory>* by_alloc = memory_of(*one, cudaGraphNodeTypeMemAlloc);
    const Ref<GraphMemory>* by_free = memory_of(*one, cudaGraphNodeTypeMemFree);
    if (by_free != nullptr && by_free->get() == memory.get()) ++freed;
    if (by_alloc == nullptr || by_alloc->get() != memory.get()) continue;
    ++allocated;
    if (node->comes_after(one.get())) ++before;
  }
  // Once for each allocation, after it; memory of another graph once.
  if (before != allocated || freed > (allocated == 0 ? 1 : allocated)) {
    graph.remove(*node);
    return cudaErrorInvalidValue;
  }
  *out = node;
  return cudaSuccess;
}

cudaError_t add_conditional(Graph& graph, const Vector<GraphEdge>& after, cudaConditionalNodeParams* p, GraphNode** out) {
  const Ref<GraphCondition> condition = find_condition(graph, p->handle);
  if (!condition || condition->used) return cudaErrorInvalidValue;
  if (p->type < cudaGraphCondTypeIf || p->type > cudaGraphCondTypeSwitch) return cudaErrorInvalidValue;
  if (p->size == 0 || p->size > bodies_allowed(p->type)) return cudaErrorInvalidValue;
  condition->used = true;
  Ref<ConditionalBodies> bodies(new ConditionalBodies(condition->device(), condition, p->type, p->size));
  p->phGraph_out = bodies->handles.data();
  *out = graph.add(Owned<GraphWork>(new ConditionalWork(bodies)), after);
  return cudaSuccess;
}

cudaError_t make_any(Device& device, const cudaGraphNodeParams* p, Owned<GraphWork>* out) {
  switch (p->type) {
    case cudaGraphNodeTypeKernel:
      return make_kernel(device, as_first<cudaKernelNodeParams>(&p->kernel), out);
    case cudaGraphNodeTypeMemcpy:
      return p->memcpy.flags != 0 ? cudaErrorInvalidValue : make_copy(device, &p->memcpy.copyParams, out);
    case cudaGraphNodeTypeMemset:
      return make_fill(device, as_first<cudaMemsetParams>(&p->memset), out);
    case cudaGraphNodeTypeHost:
      return make_host(as_first<cudaHostNodeParams>(&p->host), out);
    case cudaGraphNodeTypeEventRecord:
      return make_event(p->type, p->eventRecord.event, out);
    case cudaGraphNodeTypeWaitEvent:
      return make_event(p->type, p->eventWait.event, out);
    case cudaGraphNodeTypeExtSemaphoreSignal:
    case cudaGraphNodeTypeExtSemaphoreWait:
      say_unsupported("a graph node for external semaphores");
      return cudaErrorNotSupported;
    default:
      return cudaErrorInvalidValue;
  }
}

cudaError_t add_any(Device& device, Graph& graph, const Vector<GraphEdge>& after, cudaGraphNodeParams* p, GraphNode** out) {
  Owned<GraphWork> work;
  cudaError_t error = cudaSuccess;
  switch (p->type) {
    case cudaGraphNodeTypeMemAlloc:
      return add_alloc(graph, after, const_cast<cudaMemAllocNodeParams*>(as_first<cudaMemAllocNodeParams>(&p->alloc)), out);
    case cudaGraphNodeTypeMemFree:
      return add_free(graph, after, p->free.dptr, out);
    case cudaGraphNodeTypeConditional:
      return add_conditional(graph, after, &p->conditional, out);
    case cudaGraphNodeTypeEmpty:
      work.reset(new EmptyWork);
      break;
    case cudaGraphNodeTypeGraph:
      error = make_child(&graph, p->graph.graph, p->graph.ownership == cudaGraphChildGraphOwnershipMove, &work);
      break;
    default:
      error = make_any(device, p, &work);
  }
  if (error == cudaSuccess) *out = graph.add(static_cast<Owned<GraphWork>&&>(work), after);
  return error;
}

}  // namespace cw
