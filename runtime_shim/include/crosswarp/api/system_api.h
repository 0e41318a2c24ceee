// Libraries, driver entry points, logs, notifications (CUDA Runtime API reference, modules "Library Management", "Driver Entry
// Point Access", "Error Log Management", "Device Management").
#ifndef CROSSWARP_API_SYSTEM_API_H
#define CROSSWARP_API_SYSTEM_API_H

CW_API cudaLibraryLoadData(cudaLibrary_t* library, const void* code, enum cudaJitOption* jitOptions, void** jitOptionsValues,
                           unsigned int numJitOptions, enum cudaLibraryOption* libraryOptions, void** libraryOptionValues,
                           unsigned int numLibraryOptions);
CW_API cudaLibraryLoadFromFile(cudaLibrary_t* library, const char* fileName, enum cudaJitOption* jitOptions,
                               void** jitOptionsValues, unsigned int numJitOptions, enum cudaLibraryOption* libraryOptions,
                               void** libraryOptionValues, unsigned int numLibraryOptions);
CW_API cudaLibraryUnload(cudaLibrary_t library);
CW_API cudaLibraryGetKernel(cudaKernel_t* pKernel, cudaLibrary_t library, const char* name);
CW_API cudaLibraryGetGlobal(void** dptr, size_t* bytes, cudaLibrary_t library, const char* name);
CW_API cudaLibraryGetManaged(void** dptr, size_t* bytes, cudaLibrary_t library, const char* name);
CW_API cudaLibraryGetUnifiedFunction(void** fptr, cudaLibrary_t library, const char* symbol);
CW_API cudaLibraryGetKernelCount(unsigned int* count, cudaLibrary_t lib);
CW_API cudaLibraryEnumerateKernels(cudaKernel_t* kernels, unsigned int numKernels, cudaLibrary_t lib);
CW_API cudaKernelSetAttributeForDevice(cudaKernel_t kernel, enum cudaFuncAttribute attr, int value, int device);
CW_API cudaGetKernel(cudaKernel_t* kernelPtr, const void* entryFuncAddr);

CW_API cudaGetDriverEntryPoint(const char* symbol, void** funcPtr, unsigned long long flags,
                               enum cudaDriverEntryPointQueryResult* driverStatus CW_DEFAULT(0));
CW_API cudaGetDriverEntryPointByVersion(const char* symbol, void** funcPtr, unsigned int cudaVersion, unsigned long long flags,
                                        enum cudaDriverEntryPointQueryResult* driverStatus CW_DEFAULT(0));
CW_API cudaGetExportTable(const void** ppExportTable, const cudaUUID_t* pExportTableId);

CW_API cudaLogsRegisterCallback(cudaLogsCallback_t callbackFunc, void* userData, cudaLogsCallbackHandle* callback_out);
CW_API cudaLogsUnregisterCallback(cudaLogsCallbackHandle callback);
CW_API cudaLogsCurrent(cudaLogIterator* iterator_out, unsigned int flags);
CW_API cudaLogsDumpToFile(cudaLogIterator* iterator, const char* pathToFile, unsigned int flags);
CW_API cudaLogsDumpToMemory(cudaLogIterator* iterator, char* buffer, size_t* size, unsigned int flags);

CW_API cudaDeviceRegisterAsyncNotification(int device, cudaAsyncCallback callbackFunc, void* userData,
                                           cudaAsyncCallbackHandle_t* callback);
CW_API cudaDeviceUnregisterAsyncNotification(int device, cudaAsyncCallbackHandle_t callback);
CW_API cudaDeviceFlushGPUDirectRDMAWrites(enum cudaFlushGPUDirectRDMAWritesTarget target,
                                          enum cudaFlushGPUDirectRDMAWritesScope scope);
CW_API cudaDeviceGetHostAtomicCapabilities(unsigned int* capabilities, const enum cudaAtomicOperation* operations,
                                           unsigned int count, int device);
CW_API cudaDeviceGetP2PAtomicCapabilities(unsigned int* capabilities, const enum cudaAtomicOperation* operations,
                                          unsigned int count, int srcDevice, int dstDevice);

#endif
