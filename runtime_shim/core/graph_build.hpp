// Nodes from CUDA's parameter structures: what the entries of the runtime API, and those of the driver API on top, are made of.
//
// A make_... function turns a structure into a node's work, or says what is wrong with it; add_node puts it into a graph. All under
// GraphLock. `device`: the calling thread's current one.
#pragma once

#include "core/graph_works.hpp"

namespace cw {

// The dependencies of a node to be added to `graph`. cudaErrorInvalidValue: null with a count, a stale node, a node of another
// graph, one named twice, edge data that CUDA does not have.
cudaError_t read_edges(Graph& graph, const cudaGraphNode_t* nodes, const cudaGraphEdgeData* data, size_t count,
                       Vector<GraphEdge>* out);
bool is_edge_data(const cudaGraphEdgeData& data);
// Edges between nodes of `graph`; all or, with cudaErrorInvalidValue, none. An edge to add must be new, one to remove must exist;
// without `data` whatever edge there is is removed.
cudaError_t add_dependencies(Graph& graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to, const cudaGraphEdgeData* data,
                             size_t count);
cudaError_t remove_dependencies(Graph& graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to, const cudaGraphEdgeData* data,
                                size_t count);

// The nodes at the other ends of `edges`, into room for `count`; null `nodes`: only their count. Places beyond the last are set to
// null. cudaErrorLossyQuery where `data` is null and an edge has some.
cudaError_t write_edges(const Vector<GraphEdge>& edges, cudaGraphNode_t* nodes, cudaGraphEdgeData* data, size_t* count);

// `func`: a host stub, or a kernel's handle (cudaFunction_t, cudaKernel_t). Errors as those of a launch; cudaErrorInvalidValue for
// null parameters. `extra` may hold packed arguments as for cuLaunchKernel.
cudaError_t make_kernel(Device& device, const cudaKernelNodeParams* parameters, Owned<GraphWork>* out);
// Errors as those of a copy.
cudaError_t make_copy(Device& device, const cudaMemcpy3DParms* parameters, Owned<GraphWork>* out);
cudaError_t make_copy_1d(Device& device, const Copy& copy, Owned<GraphWork>* out);
cudaError_t make_copy_to_symbol(Device& device, const void* symbol, const void* src, size_t bytes, size_t offset,
                                cudaMemcpyKind kind, Owned<GraphWork>* out);
cudaError_t make_copy_from_symbol(Device& device, void* dst, const void* symbol, size_t bytes, size_t offset, cudaMemcpyKind kind,
                                  Owned<GraphWork>* out);
cudaError_t make_fill(Device& device, const cudaMemsetParams* parameters, Owned<GraphWork>* out);
cudaError_t make_host(const cudaHostNodeParams* parameters, Owned<GraphWork>* out);
// `type`: cudaGraphNodeTypeEventRecord or cudaGraphNodeTypeWaitEvent. cudaErrorInvalidResourceHandle for a stale event.
cudaError_t make_event(cudaGraphNodeType type, cudaEvent_t event, Owned<GraphWork>* out);
// `move`: the graph itself becomes part of the node, and its handle no longer the program's to destroy; else a copy of it.
// cudaErrorNotSupported for a copy of a graph that cannot be cloned. `parent`: the graph of the node, which cannot move into
// itself.
cudaError_t make_child(const Graph* parent, cudaGraph_t child, bool move, Owned<GraphWork>* out);

// Nodes whose making needs their place in the graph. `parameters.dptr` is set. cudaErrorInvalidValue for a size of 0, for memory
// that is not a graph's, that the graph frees already, or that it allocates in a node which the free node does not come after.
cudaError_t add_alloc(Graph& graph, const Vector<GraphEdge>& after, cudaMemAllocNodeParams* parameters, GraphNode** out);
cudaError_t add_alloc(Graph& graph, const Vector<GraphEdge>& after, Device& device, size_t bytes, GraphNode** out);
cudaError_t add_free(Graph& graph, const Vector<GraphEdge>& after, void* memory, GraphNode** out);
// `parameters.phGraph_out` is set to the bodies. cudaErrorInvalidValue for a handle that is not the graph's or is used already, and
// for a wrong number of bodies.
cudaError_t add_conditional(Graph& graph, const Vector<GraphEdge>& after, cudaConditionalNodeParams* parameters, GraphNode** out);
// Any kind (cudaGraphAddNode). cudaErrorNotSupported for external semaphores.
cudaError_t add_any(Device& device, Graph& graph, const Vector<GraphEdge>& after, cudaGraphNodeParams* parameters, GraphNode** out);
// New parameters for a node (cudaGraphNodeSetParams); cudaErrorInvalidValue for kinds whose parameters do not change.
cudaError_t make_any(Device& device, const cudaGraphNodeParams* parameters, Owned<GraphWork>* out);

}  // namespace cw
