// CUDA 13.0 gave these names to newer forms of the entries; 12.9, the version of these headers, keeps the older ones. In C++ both
// are called by the plain name.
#ifndef CROSSWARP_DRIVER_API_OVERLOADS_H
#define CROSSWARP_DRIVER_API_OVERLOADS_H

static inline CUresult cuCtxCreate(CUcontext* pctx, CUctxCreateParams* params, unsigned int flags, CUdevice dev) {
  return cuCtxCreate_v4(pctx, params, flags, dev);
}
static inline CUresult cuMemAdvise(CUdeviceptr devPtr, size_t count, CUmem_advise advice, CUmemLocation location) {
  return cuMemAdvise_v2(devPtr, count, advice, location);
}
static inline CUresult cuMemPrefetchAsync(CUdeviceptr devPtr, size_t count, CUmemLocation location, unsigned int flags,
                                          CUstream hStream) {
  return cuMemPrefetchAsync_v2(devPtr, count, location, flags, hStream);
}
static inline CUresult cuMemcpyBatchAsync(CUdeviceptr* dsts, CUdeviceptr* srcs, size_t* sizes, size_t count,
                                          CUmemcpyAttributes* attrs, size_t* attrsIdxs, size_t numAttrs, CUstream hStream) {
  return cuMemcpyBatchAsync_v2(dsts, srcs, sizes, count, attrs, attrsIdxs, numAttrs, hStream);
}
static inline CUresult cuMemcpy3DBatchAsync(size_t numOps, CUDA_MEMCPY3D_BATCH_OP* opList, unsigned long long flags,
                                            CUstream hStream) {
  return cuMemcpy3DBatchAsync_v2(numOps, opList, flags, hStream);
}
static inline CUresult cuStreamGetCaptureInfo(CUstream hStream, CUstreamCaptureStatus* status, cuuint64_t* id, CUgraph* graph,
                                              const CUgraphNode** dependencies, const CUgraphEdgeData** edges, size_t* count) {
  return cuStreamGetCaptureInfo_v3(hStream, status, id, graph, dependencies, edges, count);
}
static inline CUresult cuStreamUpdateCaptureDependencies(CUstream hStream, CUgraphNode* dependencies, const CUgraphEdgeData* edges,
                                                         size_t count, unsigned int flags) {
  return cuStreamUpdateCaptureDependencies_v2(hStream, dependencies, edges, count, flags);
}
static inline CUresult cuGraphAddDependencies(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to,
                                              const CUgraphEdgeData* edges, size_t count) {
  return cuGraphAddDependencies_v2(graph, from, to, edges, count);
}
static inline CUresult cuGraphRemoveDependencies(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to,
                                                 const CUgraphEdgeData* edges, size_t count) {
  return cuGraphRemoveDependencies_v2(graph, from, to, edges, count);
}
static inline CUresult cuGraphGetEdges(CUgraph graph, CUgraphNode* from, CUgraphNode* to, CUgraphEdgeData* edges, size_t* count) {
  return cuGraphGetEdges_v2(graph, from, to, edges, count);
}
static inline CUresult cuGraphNodeGetDependencies(CUgraphNode node, CUgraphNode* dependencies, CUgraphEdgeData* edges,
                                                  size_t* count) {
  return cuGraphNodeGetDependencies_v2(node, dependencies, edges, count);
}
static inline CUresult cuGraphNodeGetDependentNodes(CUgraphNode node, CUgraphNode* dependents, CUgraphEdgeData* edges,
                                                    size_t* count) {
  return cuGraphNodeGetDependentNodes_v2(node, dependents, edges, count);
}
static inline CUresult cuGraphAddNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies,
                                      const CUgraphEdgeData* edges, size_t count, CUgraphNodeParams* params) {
  return cuGraphAddNode_v2(node, graph, dependencies, edges, count, params);
}

#endif
