// Graphs: their nodes and edges.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuGraphCreate(CUgraph* out, unsigned flags) {
  return in_context([&] { return cudaGraphCreate(out, flags); });
}

CUresult cuGraphDestroy(CUgraph graph) {
  return in_context([&] { return cudaGraphDestroy(graph); });
}

CUresult cuGraphClone(CUgraph* out, CUgraph graph) {
  return in_context([&] { return cudaGraphClone(out, graph); });
}

CUresult cuGraphDestroyNode(CUgraphNode node) {
  return in_context([&] { return cudaGraphDestroyNode(node); });
}

CUresult cuGraphNodeFindInClone(CUgraphNode* out, CUgraphNode node, CUgraph clone) {
  return in_context([&] { return cudaGraphNodeFindInClone(out, node, clone); });
}

CUresult cuGraphNodeGetType(CUgraphNode node, CUgraphNodeType* type) {
  return in_context([&] { return cudaGraphNodeGetType(node, same_layout<cudaGraphNodeType>(type)); });
}

CUresult cuGraphGetNodes(CUgraph graph, CUgraphNode* nodes, size_t* count) {
  return in_context([&] { return cudaGraphGetNodes(graph, nodes, count); });
}

CUresult cuGraphGetRootNodes(CUgraph graph, CUgraphNode* nodes, size_t* count) {
  return in_context([&] { return cudaGraphGetRootNodes(graph, nodes, count); });
}

CUresult cuGraphGetEdges(CUgraph graph, CUgraphNode* from, CUgraphNode* to, size_t* count) {
  return in_context([&] { return cudaGraphGetEdges(graph, from, to, count); });
}

CUresult cuGraphGetEdges_v2(CUgraph graph, CUgraphNode* from, CUgraphNode* to, CUgraphEdgeData* edges, size_t* count) {
  return in_context([&] { return cudaGraphGetEdges_v2(graph, from, to, same_layout<cudaGraphEdgeData>(edges), count); });
}

CUresult cuGraphNodeGetDependencies(CUgraphNode node, CUgraphNode* nodes, size_t* count) {
  return in_context([&] { return cudaGraphNodeGetDependencies(node, nodes, count); });
}

CUresult cuGraphNodeGetDependencies_v2(CUgraphNode node, CUgraphNode* nodes, CUgraphEdgeData* edges, size_t* count) {
  return in_context([&] { return cudaGraphNodeGetDependencies_v2(node, nodes, same_layout<cudaGraphEdgeData>(edges), count); });
}

CUresult cuGraphNodeGetDependentNodes(CUgraphNode node, CUgraphNode* nodes, size_t* count) {
  return in_context([&] { return cudaGraphNodeGetDependentNodes(node, nodes, count); });
}

CUresult cuGraphNodeGetDependentNodes_v2(CUgraphNode node, CUgraphNode* nodes, CUgraphEdgeData* edges, size_t* count) {
  return in_context([&] { return cudaGraphNodeGetDependentNodes_v2(node, nodes, same_layout<cudaGraphEdgeData>(edges), count); });
}

CUresult cuGraphAddDependencies(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to, size_t count) {
  return in_context([&] { return cudaGraphAddDependencies(graph, from, to, count); });
}

CUresult cuGraphAddDependencies_v2(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to, const CUgraphEdgeData* edges,
                                   size_t count) {
  return in_context(
      [&] { return cudaGraphAddDependencies_v2(graph, from, to, same_layout<const cudaGraphEdgeData>(edges), count); });
}

CUresult cuGraphRemoveDependencies(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to, size_t count) {
  return in_context([&] { return cudaGraphRemoveDependencies(graph, from, to, count); });
}

CUresult cuGraphRemoveDependencies_v2(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to, const CUgraphEdgeData* edges,
                                      size_t count) {
  return in_context(
      [&] { return cudaGraphRemoveDependencies_v2(graph, from, to, same_layout<const cudaGraphEdgeData>(edges), count); });
}

CUresult cuGraphDebugDotPrint(CUgraph graph, const char* path, unsigned flags) {
  return in_context([&] { return cudaGraphDebugDotPrint(graph, path, flags); });
}
