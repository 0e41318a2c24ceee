// CUDA graphs (CUDA Runtime API reference, module 6.30).
#ifndef CROSSWARP_API_GRAPH_API_H
#define CROSSWARP_API_GRAPH_API_H

CW_API cudaGraphCreate(cudaGraph_t* pGraph, unsigned int flags);
CW_API cudaGraphDestroy(cudaGraph_t graph);
CW_API cudaGraphClone(cudaGraph_t* pGraphClone, cudaGraph_t originalGraph);
CW_API cudaGraphDestroyNode(cudaGraphNode_t node);
CW_API cudaGraphNodeFindInClone(cudaGraphNode_t* pNode, cudaGraphNode_t originalNode, cudaGraph_t clonedGraph);
CW_API cudaGraphNodeGetType(cudaGraphNode_t node, enum cudaGraphNodeType* pType);
CW_API cudaGraphGetNodes(cudaGraph_t graph, cudaGraphNode_t* nodes, size_t* numNodes);
CW_API cudaGraphGetRootNodes(cudaGraph_t graph, cudaGraphNode_t* pRootNodes, size_t* pNumRootNodes);
CW_API cudaGraphGetEdges(cudaGraph_t graph, cudaGraphNode_t* from, cudaGraphNode_t* to, size_t* numEdges);
CW_API cudaGraphNodeGetDependencies(cudaGraphNode_t node, cudaGraphNode_t* pDependencies, size_t* pNumDependencies);
CW_API cudaGraphNodeGetDependentNodes(cudaGraphNode_t node, cudaGraphNode_t* pDependentNodes, size_t* pNumDependentNodes);
CW_API cudaGraphAddDependencies(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to, size_t numDependencies);
CW_API cudaGraphRemoveDependencies(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                   size_t numDependencies);
CW_API cudaGraphGetEdges_v2(cudaGraph_t graph, cudaGraphNode_t* from, cudaGraphNode_t* to, cudaGraphEdgeData* edgeData,
                            size_t* numEdges);
CW_API cudaGraphNodeGetDependencies_v2(cudaGraphNode_t node, cudaGraphNode_t* pDependencies, cudaGraphEdgeData* edgeData,
                                       size_t* pNumDependencies);
CW_API cudaGraphNodeGetDependentNodes_v2(cudaGraphNode_t node, cudaGraphNode_t* pDependentNodes, cudaGraphEdgeData* edgeData,
                                         size_t* pNumDependentNodes);
CW_API cudaGraphAddDependencies_v2(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                   const cudaGraphEdgeData* edgeData, size_t numDependencies);
CW_API cudaGraphRemoveDependencies_v2(cudaGraph_t graph, const cudaGraphNode_t* from, const cudaGraphNode_t* to,
                                      const cudaGraphEdgeData* edgeData, size_t numDependencies);

CW_API cudaGraphAddNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                        size_t numDependencies, struct cudaGraphNodeParams* nodeParams);
CW_API cudaGraphAddNode_v2(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                           const cudaGraphEdgeData* dependencyData, size_t numDependencies, struct cudaGraphNodeParams* nodeParams);
CW_API cudaGraphNodeSetParams(cudaGraphNode_t node, struct cudaGraphNodeParams* nodeParams);
CW_API cudaGraphConditionalHandleCreate(cudaGraphConditionalHandle* pHandle_out, cudaGraph_t graph,
                                        unsigned int defaultLaunchValue CW_DEFAULT(0), unsigned int flags CW_DEFAULT(0));

CW_API cudaGraphAddKernelNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                              size_t numDependencies, const struct cudaKernelNodeParams* pNodeParams);
CW_API cudaGraphKernelNodeGetParams(cudaGraphNode_t node, struct cudaKernelNodeParams* pNodeParams);
CW_API cudaGraphKernelNodeSetParams(cudaGraphNode_t node, const struct cudaKernelNodeParams* pNodeParams);
CW_API cudaGraphKernelNodeCopyAttributes(cudaGraphNode_t hDst, cudaGraphNode_t hSrc);
CW_API cudaGraphKernelNodeGetAttribute(cudaGraphNode_t hNode, cudaLaunchAttributeID attr, cudaLaunchAttributeValue* value_out);
CW_API cudaGraphKernelNodeSetAttribute(cudaGraphNode_t hNode, cudaLaunchAttributeID attr, const cudaLaunchAttributeValue* value);
CW_API cudaGraphAddMemcpyNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                              size_t numDependencies, const struct cudaMemcpy3DParms* pCopyParams);
CW_API cudaGraphAddMemcpyNode1D(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                size_t numDependencies, void* dst, const void* src, size_t count, enum cudaMemcpyKind kind);
CW_API cudaGraphAddMemcpyNodeToSymbol(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                      size_t numDependencies, const void* symbol, const void* src, size_t count, size_t offset,
                                      enum cudaMemcpyKind kind);
CW_API cudaGraphAddMemcpyNodeFromSymbol(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                        size_t numDependencies, void* dst, const void* symbol, size_t count, size_t offset,
                                        enum cudaMemcpyKind kind);
CW_API cudaGraphMemcpyNodeGetParams(cudaGraphNode_t node, struct cudaMemcpy3DParms* pNodeParams);
CW_API cudaGraphMemcpyNodeSetParams(cudaGraphNode_t node, const struct cudaMemcpy3DParms* pNodeParams);
CW_API cudaGraphMemcpyNodeSetParams1D(cudaGraphNode_t node, void* dst, const void* src, size_t count, enum cudaMemcpyKind kind);
CW_API cudaGraphMemcpyNodeSetParamsToSymbol(cudaGraphNode_t node, const void* symbol, const void* src, size_t count, size_t offset,
                                            enum cudaMemcpyKind kind);
CW_API cudaGraphMemcpyNodeSetParamsFromSymbol(cudaGraphNode_t node, void* dst, const void* symbol, size_t count, size_t offset,
                                              enum cudaMemcpyKind kind);
CW_API cudaGraphAddMemsetNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                              size_t numDependencies, const struct cudaMemsetParams* pMemsetParams);
CW_API cudaGraphMemsetNodeGetParams(cudaGraphNode_t node, struct cudaMemsetParams* pNodeParams);
CW_API cudaGraphMemsetNodeSetParams(cudaGraphNode_t node, const struct cudaMemsetParams* pNodeParams);
CW_API cudaGraphAddHostNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                            size_t numDependencies, const struct cudaHostNodeParams* pNodeParams);
CW_API cudaGraphHostNodeGetParams(cudaGraphNode_t node, struct cudaHostNodeParams* pNodeParams);
CW_API cudaGraphHostNodeSetParams(cudaGraphNode_t node, const struct cudaHostNodeParams* pNodeParams);
CW_API cudaGraphAddChildGraphNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                  size_t numDependencies, cudaGraph_t childGraph);
CW_API cudaGraphChildGraphNodeGetGraph(cudaGraphNode_t node, cudaGraph_t* pGraph);
CW_API cudaGraphAddEmptyNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                             size_t numDependencies);
CW_API cudaGraphAddEventRecordNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                   size_t numDependencies, cudaEvent_t event);
CW_API cudaGraphEventRecordNodeGetEvent(cudaGraphNode_t node, cudaEvent_t* event_out);
CW_API cudaGraphEventRecordNodeSetEvent(cudaGraphNode_t node, cudaEvent_t event);
CW_API cudaGraphAddEventWaitNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                 size_t numDependencies, cudaEvent_t event);
CW_API cudaGraphEventWaitNodeGetEvent(cudaGraphNode_t node, cudaEvent_t* event_out);
CW_API cudaGraphEventWaitNodeSetEvent(cudaGraphNode_t node, cudaEvent_t event);
CW_API cudaGraphAddExternalSemaphoresSignalNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph,
                                                const cudaGraphNode_t* pDependencies, size_t numDependencies,
                                                const struct cudaExternalSemaphoreSignalNodeParams* nodeParams);
CW_API cudaGraphExternalSemaphoresSignalNodeGetParams(cudaGraphNode_t hNode,
                                                      struct cudaExternalSemaphoreSignalNodeParams* params_out);
CW_API cudaGraphExternalSemaphoresSignalNodeSetParams(cudaGraphNode_t hNode,
                                                      const struct cudaExternalSemaphoreSignalNodeParams* nodeParams);
CW_API cudaGraphAddExternalSemaphoresWaitNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                              size_t numDependencies, const struct cudaExternalSemaphoreWaitNodeParams* nodeParams);
CW_API cudaGraphExternalSemaphoresWaitNodeGetParams(cudaGraphNode_t hNode, struct cudaExternalSemaphoreWaitNodeParams* params_out);
CW_API cudaGraphExternalSemaphoresWaitNodeSetParams(cudaGraphNode_t hNode,
                                                    const struct cudaExternalSemaphoreWaitNodeParams* nodeParams);
CW_API cudaGraphAddMemAllocNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                                size_t numDependencies, struct cudaMemAllocNodeParams* nodeParams);
CW_API cudaGraphMemAllocNodeGetParams(cudaGraphNode_t node, struct cudaMemAllocNodeParams* params_out);
CW_API cudaGraphAddMemFreeNode(cudaGraphNode_t* pGraphNode, cudaGraph_t graph, const cudaGraphNode_t* pDependencies,
                               size_t numDependencies, void* dptr);
CW_API cudaGraphMemFreeNodeGetParams(cudaGraphNode_t node, void* dptr_out);
CW_API cudaDeviceGraphMemTrim(int device);
CW_API cudaDeviceGetGraphMemAttribute(int device, enum cudaGraphMemAttributeType attr, void* value);
CW_API cudaDeviceSetGraphMemAttribute(int device, enum cudaGraphMemAttributeType attr, void* value);

CW_API cudaGraphInstantiate(cudaGraphExec_t* pGraphExec, cudaGraph_t graph, unsigned long long flags CW_DEFAULT(0));
CW_API cudaGraphInstantiateWithFlags(cudaGraphExec_t* pGraphExec, cudaGraph_t graph, unsigned long long flags CW_DEFAULT(0));
CW_API cudaGraphInstantiateWithParams(cudaGraphExec_t* pGraphExec, cudaGraph_t graph,
                                      cudaGraphInstantiateParams* instantiateParams);
CW_API cudaGraphExecGetFlags(cudaGraphExec_t graphExec, unsigned long long* flags);
CW_API cudaGraphExecDestroy(cudaGraphExec_t graphExec);
CW_API cudaGraphLaunch(cudaGraphExec_t graphExec, cudaStream_t stream);
CW_API cudaGraphUpload(cudaGraphExec_t graphExec, cudaStream_t stream);
CW_API cudaGraphExecUpdate(cudaGraphExec_t hGraphExec, cudaGraph_t hGraph, cudaGraphExecUpdateResultInfo* resultInfo);
CW_API cudaGraphExecKernelNodeSetParams(cudaGraphExec_t hGraphExec, cudaGraphNode_t node,
                                        const struct cudaKernelNodeParams* pNodeParams);
CW_API cudaGraphExecMemcpyNodeSetParams(cudaGraphExec_t hGraphExec, cudaGraphNode_t node,
                                        const struct cudaMemcpy3DParms* pNodeParams);
CW_API cudaGraphExecMemcpyNodeSetParams1D(cudaGraphExec_t hGraphExec, cudaGraphNode_t node, void* dst, const void* src,
                                          size_t count, enum cudaMemcpyKind kind);
CW_API cudaGraphExecMemcpyNodeSetParamsToSymbol(cudaGraphExec_t hGraphExec, cudaGraphNode_t node, const void* symbol,
                                                const void* src, size_t count, size_t offset, enum cudaMemcpyKind kind);
CW_API cudaGraphExecMemcpyNodeSetParamsFromSymbol(cudaGraphExec_t hGraphExec, cudaGraphNode_t node, void* dst, const void* symbol,
                                                  size_t count, size_t offset, enum cudaMemcpyKind kind);
CW_API cudaGraphExecMemsetNodeSetParams(cudaGraphExec_t hGraphExec, cudaGraphNode_t node,
                                        const struct cudaMemsetParams* pNodeParams);
CW_API cudaGraphExecHostNodeSetParams(cudaGraphExec_t hGraphExec, cudaGraphNode_t node,
                                      const struct cudaHostNodeParams* pNodeParams);
CW_API cudaGraphExecChildGraphNodeSetParams(cudaGraphExec_t hGraphExec, cudaGraphNode_t node, cudaGraph_t childGraph);
CW_API cudaGraphExecEventRecordNodeSetEvent(cudaGraphExec_t hGraphExec, cudaGraphNode_t hNode, cudaEvent_t event);
CW_API cudaGraphExecEventWaitNodeSetEvent(cudaGraphExec_t hGraphExec, cudaGraphNode_t hNode, cudaEvent_t event);
CW_API cudaGraphExecExternalSemaphoresSignalNodeSetParams(cudaGraphExec_t hGraphExec, cudaGraphNode_t hNode,
                                                          const struct cudaExternalSemaphoreSignalNodeParams* nodeParams);
CW_API cudaGraphExecExternalSemaphoresWaitNodeSetParams(cudaGraphExec_t hGraphExec, cudaGraphNode_t hNode,
                                                        const struct cudaExternalSemaphoreWaitNodeParams* nodeParams);
CW_API cudaGraphExecNodeSetParams(cudaGraphExec_t graphExec, cudaGraphNode_t node, struct cudaGraphNodeParams* nodeParams);
CW_API cudaGraphNodeSetEnabled(cudaGraphExec_t hGraphExec, cudaGraphNode_t hNode, unsigned int isEnabled);
CW_API cudaGraphNodeGetEnabled(cudaGraphExec_t hGraphExec, cudaGraphNode_t hNode, unsigned int* isEnabled);
CW_API cudaGraphDebugDotPrint(cudaGraph_t graph, const char* path, unsigned int flags);

CW_API cudaUserObjectCreate(cudaUserObject_t* object_out, void* ptr, cudaHostFn_t destroy, unsigned int initialRefcount,
                            unsigned int flags);
CW_API cudaUserObjectRetain(cudaUserObject_t object, unsigned int count CW_DEFAULT(1));
CW_API cudaUserObjectRelease(cudaUserObject_t object, unsigned int count CW_DEFAULT(1));
CW_API cudaGraphRetainUserObject(cudaGraph_t graph, cudaUserObject_t object, unsigned int count CW_DEFAULT(1),
                                 unsigned int flags CW_DEFAULT(0));
CW_API cudaGraphReleaseUserObject(cudaGraph_t graph, cudaUserObject_t object, unsigned int count CW_DEFAULT(1));

CW_API cudaStreamBeginCapture(cudaStream_t stream, enum cudaStreamCaptureMode mode);
CW_API cudaStreamBeginCaptureToGraph(cudaStream_t stream, cudaGraph_t graph, const cudaGraphNode_t* dependencies,
                                     const cudaGraphEdgeData* dependencyData, size_t numDependencies,
                                     enum cudaStreamCaptureMode mode);
CW_API cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* pGraph);
CW_API cudaStreamIsCapturing(cudaStream_t stream, enum cudaStreamCaptureStatus* pCaptureStatus);
CW_API cudaThreadExchangeStreamCaptureMode(enum cudaStreamCaptureMode* mode);
CW_API cudaStreamGetCaptureInfo_v2(cudaStream_t stream, enum cudaStreamCaptureStatus* captureStatus_out,
                                   unsigned long long* id_out CW_DEFAULT(0), cudaGraph_t* graph_out CW_DEFAULT(0),
                                   const cudaGraphNode_t** dependencies_out CW_DEFAULT(0),
                                   size_t* numDependencies_out CW_DEFAULT(0));
CW_API cudaStreamGetCaptureInfo_v3(cudaStream_t stream, enum cudaStreamCaptureStatus* captureStatus_out,
                                   unsigned long long* id_out CW_DEFAULT(0), cudaGraph_t* graph_out CW_DEFAULT(0),
                                   const cudaGraphNode_t** dependencies_out CW_DEFAULT(0),
                                   const cudaGraphEdgeData** edgeData_out CW_DEFAULT(0), size_t* numDependencies_out CW_DEFAULT(0));
CW_API cudaStreamUpdateCaptureDependencies(cudaStream_t stream, cudaGraphNode_t* dependencies, size_t numDependencies,
                                           unsigned int flags CW_DEFAULT(0));
CW_API cudaStreamUpdateCaptureDependencies_v2(cudaStream_t stream, cudaGraphNode_t* dependencies,
                                              const cudaGraphEdgeData* dependencyData, size_t numDependencies,
                                              unsigned int flags CW_DEFAULT(0));
#define cudaStreamGetCaptureInfo cudaStreamGetCaptureInfo_v2

#endif
