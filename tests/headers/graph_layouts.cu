// Sizes, offsets and values of what describes graphs (CUDA 12.9 and 13.0 on x86-64 Linux).
#include <cuda_runtime.h>

#include <cstddef>

#define FACT(...) static_assert(__VA_ARGS__, #__VA_ARGS__)

FACT(sizeof(cudaGraphNodeParams) == 256);
FACT(offsetof(cudaGraphNodeParams, type) == 0);
FACT(offsetof(cudaGraphNodeParams, reserved0) == 4);
FACT(offsetof(cudaGraphNodeParams, reserved1) == 16);
FACT(offsetof(cudaGraphNodeParams, kernel) == 16);
FACT(offsetof(cudaGraphNodeParams, conditional) == 16);
FACT(offsetof(cudaGraphNodeParams, reserved2) == 248);
FACT(sizeof(cudaKernelNodeParamsV2) == 56);
FACT(offsetof(cudaKernelNodeParamsV2, func) == 0);
FACT(offsetof(cudaKernelNodeParamsV2, gridDim) == 8);
FACT(offsetof(cudaKernelNodeParamsV2, blockDim) == 20);
FACT(offsetof(cudaKernelNodeParamsV2, sharedMemBytes) == 32);
FACT(offsetof(cudaKernelNodeParamsV2, kernelParams) == 40);
FACT(offsetof(cudaKernelNodeParamsV2, extra) == 48);
FACT(sizeof(cudaMemcpyNodeParams) == 176);
FACT(offsetof(cudaMemcpyNodeParams, flags) == 0);
FACT(offsetof(cudaMemcpyNodeParams, reserved) == 4);
FACT(offsetof(cudaMemcpyNodeParams, copyParams) == 16);
FACT(sizeof(cudaMemsetParamsV2) == 40);
FACT(offsetof(cudaMemsetParamsV2, width) == 24);
FACT(offsetof(cudaMemsetParamsV2, height) == 32);
FACT(sizeof(cudaHostNodeParamsV2) == 16);
FACT(sizeof(cudaMemAllocNodeParamsV2) == 120);
FACT(offsetof(cudaMemAllocNodeParamsV2, dptr) == 112);
FACT(sizeof(cudaMemFreeNodeParams) == 8);
FACT(sizeof(cudaChildGraphNodeParams) == 16);
FACT(sizeof(cudaEventRecordNodeParams) == 8);
FACT(sizeof(cudaEventWaitNodeParams) == 8);
FACT(sizeof(cudaConditionalNodeParams) == 24);
FACT(offsetof(cudaConditionalNodeParams, handle) == 0);
FACT(offsetof(cudaConditionalNodeParams, type) == 8);
FACT(offsetof(cudaConditionalNodeParams, size) == 12);
FACT(offsetof(cudaConditionalNodeParams, phGraph_out) == 16);
FACT(sizeof(cudaGraphEdgeData) == 8);
FACT(offsetof(cudaGraphEdgeData, from_port) == 0);
FACT(offsetof(cudaGraphEdgeData, to_port) == 1);
FACT(offsetof(cudaGraphEdgeData, type) == 2);
FACT(offsetof(cudaGraphEdgeData, reserved) == 3);
FACT(sizeof(cudaGraphInstantiateParams) == 32);
FACT(offsetof(cudaGraphInstantiateParams, flags) == 0);
FACT(offsetof(cudaGraphInstantiateParams, uploadStream) == 8);
FACT(offsetof(cudaGraphInstantiateParams, errNode_out) == 16);
FACT(offsetof(cudaGraphInstantiateParams, result_out) == 24);
FACT(sizeof(cudaExternalSemaphoreSignalNodeParams) == 24);
FACT(offsetof(cudaExternalSemaphoreSignalNodeParams, extSemArray) == 0);
FACT(offsetof(cudaExternalSemaphoreSignalNodeParams, paramsArray) == 8);
FACT(offsetof(cudaExternalSemaphoreSignalNodeParams, numExtSems) == 16);
FACT(sizeof(cudaExternalSemaphoreWaitNodeParamsV2) == 24);
FACT(cudaGraphCondTypeIf == 0);
FACT(cudaGraphCondTypeWhile == 1);
FACT(cudaGraphCondTypeSwitch == 2);
FACT(cudaGraphCondAssignDefault == 1);
FACT(cudaGraphDependencyTypeDefault == 0);
FACT(cudaGraphDependencyTypeProgrammatic == 1);
FACT(cudaGraphKernelNodePortDefault == 0);
FACT(cudaGraphKernelNodePortProgrammatic == 1);
FACT(cudaGraphKernelNodePortLaunchCompletion == 2);
FACT(cudaGraphInstantiateSuccess == 0);
FACT(cudaGraphInstantiateError == 1);
FACT(cudaGraphInstantiateInvalidStructure == 2);
FACT(cudaGraphInstantiateNodeOperationNotSupported == 3);
FACT(cudaGraphInstantiateMultipleDevicesNotSupported == 4);
FACT(cudaGraphInstantiateConditionalHandleUnused == 5);
FACT(sizeof(cudaGraphConditionalHandle) == 8);
FACT(cudaGraphNodeTypeConditional == 13);
FACT(cudaGraphNodeTypeCount == 14);
FACT(cudaGraphDebugDotFlagsConditionalNodeParams == 32768);
FACT(cudaGraphChildGraphOwnershipClone == 0);
FACT(cudaGraphChildGraphOwnershipMove == 1);
FACT(sizeof(cudaGraphExecUpdateResultInfo) == 24);
FACT(offsetof(cudaChildGraphNodeParams, ownership) == 8);
