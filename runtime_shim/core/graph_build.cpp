#include "core/graph_build.hpp"

#include "core/copies.hpp"
#include "core/runtime.hpp"
#include "core/symbols.hpp"

namespace cw {
namespace {

// The tagged list by which packed arguments are passed: 1 the buffer, 2 the address of its size, 0 the end.
cudaError_t read_packed(void** list, LaunchArguments* out) {
  for (; *list != nullptr; list += 2) {
    const auto tag = reinterpret_cast<uintptr_t>(list[0]);
    if (tag != 1 && tag != 2) return cudaErrorInvalidValue;
    if (tag == 1) out->packed = list[1];
    if (tag == 2) out->packed_bytes = *static_cast<const size_t*>(list[1]);
  }
  return out->packed != nullptr ? cudaSuccess : cudaErrorInvalidValue;
}

}  // namespace

cudaError_t make_kernel(Device& device, const cudaKernelNodeParams* p, Owned<GraphWork>* out) {
  if (p == nullptr || p->func == nullptr) return cudaErrorInvalidValue;
  if (p->extra != nullptr && p->kernelParams != nullptr) return cudaErrorInvalidValue;
  LaunchArguments arguments{p->kernelParams, nullptr, 0};
  cudaError_t error = p->extra != nullptr ? read_packed(p->extra, &arguments) : cudaSuccess;
  Kernel* kernel = nullptr;
  if (error == cudaSuccess) error = runtime().registry().kernel(p->func, device, runtime().ordinal_of(device), &kernel);
  if (error != cudaSuccess) return error;
  Owned<KernelWork> work(new KernelWork(device, p->func, *kernel));
  error = work->set(LaunchShape{p->gridDim, p->blockDim, p->sharedMemBytes, false}, arguments);
  if (error == cudaSuccess) out->reset(work.release());
  return error;
}

cudaError_t make_copy(Device& device, const cudaMemcpy3DParms* p, Owned<GraphWork>* out) {
  Copy copy;
  cudaError_t error = describe_copy_3d(p, &copy);
  if (error == cudaSuccess) error = check_copy(device, copy);
  if (error == cudaSuccess) out->reset(new CopyWork(copy, *p));
  return error;
}

cudaError_t make_copy_1d(Device& device, const Copy& copy, Owned<GraphWork>* out) {
  const cudaError_t error = check_copy(device, copy);
  if (error == cudaSuccess) out->reset(new CopyWork(copy));
  return error;
}

cudaError_t make_copy_to_symbol(Device& device, const void* symbol, const void* src, size_t bytes, size_t offset,
                                cudaMemcpyKind kind, Owned<GraphWork>* out) {
  Copy copy;
  const cudaError_t error = describe_copy_to_symbol(device, symbol, src, bytes, offset, kind, &copy);
  return error != cudaSuccess ? error : make_copy_1d(device, copy, out);
}

cudaError_t make_copy_from_symbol(Device& device, void* dst, const void* symbol, size_t bytes, size_t offset, cudaMemcpyKind kind,
                                  Owned<GraphWork>* out) {
  Copy copy;
  const cudaError_t error = describe_copy_from_symbol(device, dst, symbol, bytes, offset, kind, &copy);
  return error != cudaSuccess ? error : make_copy_1d(device, copy, out);
}

cudaError_t make_fill(Device& device, const cudaMemsetParams* p, Owned<GraphWork>* out) {
  if (p == nullptr || (p->elementSize != 1 && p->elementSize != 2 && p->elementSize != 4)) return cudaErrorInvalidValue;
  if (p->width == 0 || p->height == 0) return cudaErrorInvalidValue;
  const Fill fill{p->dst, p->pitch, 0, p->value, p->elementSize, p->width, p->height, 1};
  const cudaError_t error = check_fill(device, fill);
  if (error == cudaSuccess) out->reset(new FillWork(fill));
  return error == cudaErrorInvalidPitchValue ? cudaErrorInvalidValue : error;
}

cudaError_t make_host(const cudaHostNodeParams* p, Owned<GraphWork>* out) {
  if (p == nullptr || p->fn == nullptr) return cudaErrorInvalidValue;
  out->reset(new HostWork(p->fn, p->userData));
  return cudaSuccess;
}

cudaError_t make_event(cudaGraphNodeType type, cudaEvent_t event, Owned<GraphWork>* out) {
  if (event == nullptr) return cudaErrorInvalidValue;
  if (runtime().events().find(event) == nullptr) return cudaErrorInvalidResourceHandle;
  out->reset(new EventWork(type, event));
  return cudaSuccess;
}

cudaError_t make_child(const Graph* parent, cudaGraph_t handle, bool move, Owned<GraphWork>* out) {
  Graph* child = find_graph(handle);
  if (child == nullptr) return cudaErrorInvalidValue;
  Owned<Graph> inner;
  if (move) {
    if (child->contains(parent)) return cudaErrorInvalidValue;
    inner = runtime().graphs().take(handle);
    if (!inner) return cudaErrorInvalidValue;  // part of a node already, or being captured
  } else {
    if (!child->can_be_cloned()) return cudaErrorNotSupported;
    inner.reset(new Graph);
    child->copy_to(*inner);
  }
  out->reset(new ChildWork(static_cast<Owned<Graph>&&>(inner)));
  return cudaSuccess;
}

}  // namespace cw
