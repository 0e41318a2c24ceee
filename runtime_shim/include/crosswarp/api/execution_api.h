// Streams, events, launches, occupancy (CUDA Runtime API reference, modules 6.4, 6.5, 6.7, 6.9).
#ifndef CROSSWARP_API_EXECUTION_API_H
#define CROSSWARP_API_EXECUTION_API_H

CW_API cudaStreamCreate(cudaStream_t* pStream);
CW_API cudaStreamCreateWithFlags(cudaStream_t* pStream, unsigned int flags);
CW_API cudaStreamCreateWithPriority(cudaStream_t* pStream, unsigned int flags, int priority);
CW_API cudaStreamGetPriority(cudaStream_t hStream, int* priority);
CW_API cudaStreamGetFlags(cudaStream_t hStream, unsigned int* flags);
CW_API cudaStreamGetId(cudaStream_t hStream, unsigned long long* streamId);
CW_API cudaStreamGetDevice(cudaStream_t hStream, int* device);
CW_API cudaStreamCopyAttributes(cudaStream_t dst, cudaStream_t src);
CW_API cudaStreamGetAttribute(cudaStream_t hStream, cudaLaunchAttributeID attr, cudaLaunchAttributeValue* value_out);
CW_API cudaStreamSetAttribute(cudaStream_t hStream, cudaLaunchAttributeID attr, const cudaLaunchAttributeValue* value);
CW_API cudaStreamDestroy(cudaStream_t stream);
CW_API cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned int flags CW_DEFAULT(0));
CW_API cudaStreamAddCallback(cudaStream_t stream, cudaStreamCallback_t callback, void* userData, unsigned int flags);
CW_API cudaStreamSynchronize(cudaStream_t stream);
CW_API cudaStreamQuery(cudaStream_t stream);
CW_API cudaStreamAttachMemAsync(cudaStream_t stream, void* devPtr, size_t length CW_DEFAULT(0),
                                unsigned int flags CW_DEFAULT(cudaMemAttachSingle));

CW_API cudaEventCreate(cudaEvent_t* event);
CW_API cudaEventCreateWithFlags(cudaEvent_t* event, unsigned int flags);
CW_API cudaEventRecord(cudaEvent_t event, cudaStream_t stream CW_DEFAULT(0));
CW_API cudaEventRecordWithFlags(cudaEvent_t event, cudaStream_t stream CW_DEFAULT(0), unsigned int flags CW_DEFAULT(0));
CW_API cudaEventQuery(cudaEvent_t event);
CW_API cudaEventSynchronize(cudaEvent_t event);
CW_API cudaEventDestroy(cudaEvent_t event);
CW_API cudaEventElapsedTime(float* ms, cudaEvent_t start, cudaEvent_t end);
CW_API cudaEventElapsedTime_v2(float* ms, cudaEvent_t start, cudaEvent_t end);

CW_API cudaLaunchKernel(const void* func, dim3 gridDim, dim3 blockDim, void** args, size_t sharedMem, cudaStream_t stream);
CW_API cudaLaunchKernelExC(const cudaLaunchConfig_t* config, const void* func, void** args);
CW_API cudaLaunchCooperativeKernel(const void* func, dim3 gridDim, dim3 blockDim, void** args, size_t sharedMem,
                                   cudaStream_t stream);
CW_API cudaLaunchCooperativeKernelMultiDevice(struct cudaLaunchParams* launchParamsList, unsigned int numDevices,
                                              unsigned int flags CW_DEFAULT(0));
CW_API cudaLaunchHostFunc(cudaStream_t stream, cudaHostFn_t fn, void* userData);
CW_API cudaFuncSetCacheConfig(const void* func, enum cudaFuncCache cacheConfig);
CW_API cudaFuncSetSharedMemConfig(const void* func, enum cudaSharedMemConfig config);
CW_API cudaFuncGetAttributes(struct cudaFuncAttributes* attr, const void* func);
CW_API cudaFuncSetAttribute(const void* func, enum cudaFuncAttribute attr, int value);
CW_API cudaSetDoubleForDevice(double* d);
CW_API cudaSetDoubleForHost(double* d);
CW_API cudaFuncGetName(const char** name, const void* func);
CW_API cudaFuncGetParamInfo(const void* func, size_t paramIndex, size_t* paramOffset, size_t* paramSize);
CW_API cudaGetFuncBySymbol(cudaFunction_t* functionPtr, const void* symbolPtr);

CW_API cudaOccupancyMaxActiveBlocksPerMultiprocessor(int* numBlocks, const void* func, int blockSize, size_t dynamicSMemSize);
CW_API cudaOccupancyAvailableDynamicSMemPerBlock(size_t* dynamicSmemSize, const void* func, int numBlocks, int blockSize);
CW_API cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* numBlocks, const void* func, int blockSize,
                                                              size_t dynamicSMemSize, unsigned int flags);
CW_API cudaOccupancyMaxPotentialClusterSize(int* clusterSize, const void* func, const cudaLaunchConfig_t* launchConfig);
CW_API cudaOccupancyMaxActiveClusters(int* numClusters, const void* func, const cudaLaunchConfig_t* launchConfig);

// What `kernel<<<grid, block, shared, stream>>>` compiles to. The stream is a `void *` in NVIDIA's binary interface as well.
#if defined(__cplusplus)
extern __host__ unsigned __cudaPushCallConfiguration(dim3 gridDim, dim3 blockDim, size_t sharedMem = 0,
                                                     struct CUstream_st* stream = 0);
#endif
CW_API __cudaPopCallConfiguration(dim3* gridDim, dim3* blockDim, size_t* sharedMem, void* stream);

#endif
