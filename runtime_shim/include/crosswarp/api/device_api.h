// Devices, errors, versions, IPC, peers (CUDA Runtime API reference, modules 6.1, 6.3, 6.13, 6.14).
#ifndef CROSSWARP_API_DEVICE_API_H
#define CROSSWARP_API_DEVICE_API_H

// CUDA 12's structure is the second version of this entry.
#define cudaGetDeviceProperties cudaGetDeviceProperties_v2

CW_API cudaDeviceReset(void);
CW_API cudaDeviceSynchronize(void);
CW_API cudaDeviceSetLimit(enum cudaLimit limit, size_t value);
CW_API cudaDeviceGetLimit(size_t* pValue, enum cudaLimit limit);
CW_API cudaDeviceGetTexture1DLinearMaxWidth(size_t* maxWidthInElements, const struct cudaChannelFormatDesc* fmtDesc, int device);
CW_API cudaDeviceGetCacheConfig(enum cudaFuncCache* pCacheConfig);
CW_API cudaDeviceSetCacheConfig(enum cudaFuncCache cacheConfig);
CW_API cudaDeviceGetSharedMemConfig(enum cudaSharedMemConfig* pConfig);
CW_API cudaDeviceSetSharedMemConfig(enum cudaSharedMemConfig config);
CW_API cudaDeviceGetStreamPriorityRange(int* leastPriority, int* greatestPriority);
CW_API cudaDeviceGetByPCIBusId(int* device, const char* pciBusId);
CW_API cudaDeviceGetPCIBusId(char* pciBusId, int len, int device);
CW_API cudaGetDeviceCount(int* count);
CW_API cudaGetDeviceProperties(struct cudaDeviceProp* prop, int device);
CW_API cudaDeviceGetAttribute(int* value, enum cudaDeviceAttr attr, int device);
CW_API cudaDeviceGetDefaultMemPool(cudaMemPool_t* memPool, int device);
CW_API cudaDeviceSetMemPool(int device, cudaMemPool_t memPool);
CW_API cudaDeviceGetMemPool(cudaMemPool_t* memPool, int device);
CW_API cudaDeviceGetP2PAttribute(int* value, enum cudaDeviceP2PAttr attr, int srcDevice, int dstDevice);
CW_API cudaChooseDevice(int* device, const struct cudaDeviceProp* prop);
CW_API cudaInitDevice(int device, unsigned int deviceFlags, unsigned int flags);
CW_API cudaSetDevice(int device);
CW_API cudaGetDevice(int* device);
CW_API cudaSetValidDevices(int* device_arr, int len);
CW_API cudaSetDeviceFlags(unsigned int flags);
CW_API cudaGetDeviceFlags(unsigned int* flags);
CW_API cudaCtxResetPersistingL2Cache(void);

// Old spellings, removed from NVIDIA's headers but still in sources: cudaThreadSynchronize and its family.
CW_API cudaThreadExit(void);
CW_API cudaThreadSynchronize(void);
CW_API cudaThreadSetLimit(enum cudaLimit limit, size_t value);
CW_API cudaThreadGetLimit(size_t* pValue, enum cudaLimit limit);
CW_API cudaThreadGetCacheConfig(enum cudaFuncCache* pCacheConfig);
CW_API cudaThreadSetCacheConfig(enum cudaFuncCache cacheConfig);

CW_API cudaGetLastError(void);
CW_API cudaPeekAtLastError(void);
CW_API_OF(const char*) cudaGetErrorName(cudaError_t error);
CW_API_OF(const char*) cudaGetErrorString(cudaError_t error);

CW_API cudaDriverGetVersion(int* driverVersion);
CW_API cudaRuntimeGetVersion(int* runtimeVersion);

CW_API cudaIpcGetEventHandle(cudaIpcEventHandle_t* handle, cudaEvent_t event);
CW_API cudaIpcOpenEventHandle(cudaEvent_t* event, cudaIpcEventHandle_t handle);
CW_API cudaIpcGetMemHandle(cudaIpcMemHandle_t* handle, void* devPtr);
CW_API cudaIpcOpenMemHandle(void** devPtr, cudaIpcMemHandle_t handle, unsigned int flags);
CW_API cudaIpcCloseMemHandle(void* devPtr);

CW_API cudaDeviceCanAccessPeer(int* canAccessPeer, int device, int peerDevice);
CW_API cudaDeviceEnablePeerAccess(int peerDevice, unsigned int flags);
CW_API cudaDeviceDisablePeerAccess(int peerDevice);

CW_API cudaProfilerStart(void);
CW_API cudaProfilerStop(void);

#endif
