// The graph entries' C++ forms: symbols by reference, objects by their type, and CUDA 13's parameter lists (edge data before the
// count) beside CUDA 12's. Included by templates.h, inside CW_INLINE.

CW_INLINE cudaGraphInstantiate(cudaGraphExec_t* pGraphExec, cudaGraph_t graph, cudaGraphNode_t* pErrorNode, char* pLogBuffer,
                               size_t bufferSize) {
  if (pLogBuffer != 0 && bufferSize != 0) *pLogBuffer = 0;
  cudaGraphInstantiateParams parameters = cudaGraphInstantiateParams();
  const cudaError_t status = ::cudaGraphInstantiateWithParams(pGraphExec, graph, &parameters);
  if (pErrorNode != 0) *pErrorNode = parameters.errNode_out;
  return status;
}
CW_INLINE cudaGraphExecUpdate(cudaGraphExec_t hGraphExec, cudaGraph_t hGraph, cudaGraphNode_t* hErrorNode_out,
                              cudaGraphExecUpdateResult* updateResult_out) {
  cudaGraphExecUpdateResultInfo info = cudaGraphExecUpdateResultInfo();
  const cudaError_t status = ::cudaGraphExecUpdate(hGraphExec, hGraph, &info);
  if (hErrorNode_out != 0) *hErrorNode_out = info.errorNode;
  if (updateResult_out != 0) *updateResult_out = info.result;
  return status;
}

template <class __T>
CW_INLINE cudaGraphAddMemcpyNodeToSymbol(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                         size_t numDependencies, const __T& symbol, const void* src, size_t count, size_t offset,
                                         cudaMemcpyKind kind) {
  return ::cudaGraphAddMemcpyNodeToSymbol(pGraphNode, graph, pDependencies, numDependencies, (const void*)&symbol, src, count,
                                          offset, kind);
}
template <class __T>
CW_INLINE cudaGraphAddMemcpyNodeFromSymbol(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                           size_t numDependencies, void* dst, const __T& symbol, size_t count, size_t offset,
                                           cudaMemcpyKind kind) {
  return ::cudaGraphAddMemcpyNodeFromSymbol(pGraphNode, graph, pDependencies, numDependencies, dst, (const void*)&symbol, count,
                                            offset, kind);
}
template <class __T>
CW_INLINE cudaGraphMemcpyNodeSetParamsToSymbol(cudaGraphNode_t node, const __T& symbol, const void* src, size_t count,
                                               size_t offset, cudaMemcpyKind kind) {
  return ::cudaGraphMemcpyNodeSetParamsToSymbol(node, (const void*)&symbol, src, count, offset, kind);
}
template <class __T>
CW_INLINE cudaGraphMemcpyNodeSetParamsFromSymbol(cudaGraphNode_t node, void* dst, const __T& symbol, size_t count, size_t offset,
                                                 cudaMemcpyKind kind) {
  return ::cudaGraphMemcpyNodeSetParamsFromSymbol(node, dst, (const void*)&symbol, count, offset, kind);
}
template <class __T>
CW_INLINE cudaGraphExecMemcpyNodeSetParamsToSymbol(cudaGraphExec_t hGraphExec, cudaGraphNode_t node, const __T& symbol,
                                                   const void* src, size_t count, size_t offset, cudaMemcpyKind kind) {
  return ::cudaGraphExecMemcpyNodeSetParamsToSymbol(hGraphExec, node, (const void*)&symbol, src, count, offset, kind);
}
template <class __T>
CW_INLINE cudaGraphExecMemcpyNodeSetParamsFromSymbol(cudaGraphExec_t hGraphExec, cudaGraphNode_t node, void* dst, const __T& symbol,
                                                     size_t count, size_t offset, cudaMemcpyKind kind) {
  return ::cudaGraphExecMemcpyNodeSetParamsFromSymbol(hGraphExec, node, dst, (const void*)&symbol, count, offset, kind);
}

// A user object that deletes what it holds.
template <class __T>
CW_INLINE cudaUserObjectCreate(cudaUserObject_t* object_out, __T* objectToWrap, unsigned int initialRefcount, unsigned int flags) {
  struct Deleter {
    static void run(void* object) { delete (__T*)object; }
  };
  return ::cudaUserObjectCreate(object_out, (void*)objectToWrap, Deleter::run, initialRefcount, flags);
}
template <class __T>
CW_INLINE cudaUserObjectCreate(cudaUserObject_t* object_out, __T* objectToWrap, unsigned int initialRefcount,
                               cudaUserObjectFlags flags) {
  return cudaUserObjectCreate(object_out, objectToWrap, initialRefcount, (unsigned int)flags);
}

CW_INLINE cudaGraphGetEdges(cudaGraph_t graph, cudaGraphNode_t* from, cudaGraphNode_t* to, cudaGraphEdgeData* edgeData,
                            size_t* numEdges) {
  return ::cudaGraphGetEdges_v2(graph, from, to, edgeData, numEdges);
}
CW_INLINE cudaGraphNodeGetDependencies(cudaGraphNode_t node, cudaGraphNode_t* pDependencies, cudaGraphEdgeData* edgeData,
                                       size_t* pNumDependencies) {
  return ::cudaGraphNodeGetDependencies_v2(node, pDependencies, edgeData, pNumDependencies);
}
CW_INLINE cudaGraphNodeGetDependentNodes(cudaGraphNode_t node, cudaGraphNode_t* pDependentNodes, cudaGraphEdgeData* edgeData,
                                         size_t* pNumDependentNodes) {
  return ::cudaGraphNodeGetDependentNodes_v2(node, pDependentNodes, edgeData, pNumDependentNodes);
}
CW_INLINE cudaGraphAddDependencies(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                   const cudaGraphEdgeData* edgeData, size_t numDependencies) {
  return ::cudaGraphAddDependencies_v2(graph, from, to, edgeData, numDependencies);
}
CW_INLINE cudaGraphRemoveDependencies(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                      const cudaGraphEdgeData* edgeData, size_t numDependencies) {
  return ::cudaGraphRemoveDependencies_v2(graph, from, to, edgeData, numDependencies);
}
CW_INLINE cudaGraphAddNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                           const cudaGraphEdgeData* dependencyData, size_t numDependencies, cudaGraphNodeParams* nodeParams) {
  return ::cudaGraphAddNode_v2(pGraphNode, graph, pDependencies, dependencyData, numDependencies, nodeParams);
}
CW_INLINE cudaStreamGetCaptureInfo(cudaStream_t stream, cudaStreamCaptureStatus* captureStatus_out, unsigned long long* id_out,
                                   cudaGraph_t* graph_out, const cudaGraphNode_t** dependencies_out,
                                   const cudaGraphEdgeData** edgeData_out, size_t* numDependencies_out) {
  return ::cudaStreamGetCaptureInfo_v3(stream, captureStatus_out, id_out, graph_out, dependencies_out, edgeData_out,
                                       numDependencies_out);
}
CW_INLINE cudaStreamUpdateCaptureDependencies(cudaStream_t stream, cudaGraphNode_t* dependencies,
                                              const cudaGraphEdgeData* dependencyData, size_t numDependencies,
                                              unsigned int flags = 0) {
  return ::cudaStreamUpdateCaptureDependencies_v2(stream, dependencies, dependencyData, numDependencies, flags);
}
