// What devices are there, and what they say about themselves.
#include <cstdio>
#include <cstring>

#include "driver_api/context/contexts.hpp"
#include "driver_api/device/attributes.hpp"
#include "driver_api/texture/formats.hpp"

using namespace cw::driver;

namespace {

// Runs `body(const cudaDeviceProp&)`.
template <typename Body>
CUresult with_properties(CUdevice device, const void* out, Body body) {
  return when_initialized([&] {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    cudaDeviceProp properties;
    const cudaError_t error = cudaGetDeviceProperties(&properties, device);
    if (error == cudaSuccess) body(properties);
    return result(error);
  });
}

}  // namespace

CUresult cuDeviceGetCount(int* count) {
  return when_initialized([&] { return cudaGetDeviceCount(count); });
}

CUresult cuDeviceGet(CUdevice* device, int ordinal) {
  return when_initialized([&] {
    if (device == nullptr) return CUDA_ERROR_INVALID_VALUE;
    if (!is_device(ordinal)) return CUDA_ERROR_INVALID_DEVICE;
    *device = ordinal;
    return CUDA_SUCCESS;
  });
}

CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
  if (length <= 0) return CUDA_ERROR_INVALID_VALUE;
  return with_properties(device, name, [&](const cudaDeviceProp& properties) {
    std::snprintf(name, static_cast<size_t>(length), "%s", properties.name);
  });
}

CUresult cuDeviceGetUuid(CUuuid* uuid, CUdevice device) {
  return with_properties(device, uuid, [&](const cudaDeviceProp& properties) { *uuid = properties.uuid; });
}

CUresult cuDeviceGetUuid_v2(CUuuid* uuid, CUdevice device) { return cuDeviceGetUuid(uuid, device); }

// Of Windows only.
CUresult cuDeviceGetLuid(char* luid, unsigned* mask, CUdevice device) {
  return with_properties(device, mask != nullptr ? luid : nullptr, [&](const cudaDeviceProp& properties) {
    std::memcpy(luid, properties.luid, sizeof properties.luid);
    *mask = properties.luidDeviceNodeMask;
  });
}

CUresult cuDeviceTotalMem(size_t* bytes, CUdevice device) {
  return with_properties(device, bytes, [&](const cudaDeviceProp& properties) { *bytes = properties.totalGlobalMem; });
}

CUresult cuDeviceComputeCapability(int* major, int* minor, CUdevice device) {
  return with_properties(device, major != nullptr ? minor : nullptr, [&](const cudaDeviceProp& properties) {
    *major = properties.major;
    *minor = properties.minor;
  });
}

CUresult cuDeviceGetProperties(CUdevprop* out, CUdevice device) {
  return with_properties(device, out, [&](const cudaDeviceProp& from) {
    out->maxThreadsPerBlock = from.maxThreadsPerBlock;
    std::memcpy(out->maxThreadsDim, from.maxThreadsDim, sizeof out->maxThreadsDim);
    std::memcpy(out->maxGridSize, from.maxGridSize, sizeof out->maxGridSize);
    out->sharedMemPerBlock = static_cast<int>(from.sharedMemPerBlock);
    out->totalConstantMemory = static_cast<int>(from.totalConstMem);
    out->SIMDWidth = from.warpSize;
    out->memPitch = static_cast<int>(from.memPitch);
    out->regsPerBlock = from.regsPerBlock;
    out->clockRate = from.clockRate;
    out->textureAlign = static_cast<int>(from.textureAlignment);
  });
}

CUresult cuDeviceGetAttribute(int* value, CUdevice_attribute attribute, CUdevice device) {
  return when_initialized([&] {
    if (value == nullptr) return CUDA_ERROR_INVALID_VALUE;
    if (!is_device(device)) return CUDA_ERROR_INVALID_DEVICE;
    if (driver_attribute(attribute, value)) return CUDA_SUCCESS;
    return result(cudaDeviceGetAttribute(value, static_cast<cudaDeviceAttr>(attribute), device));  // the same numbers
  });
}

CUresult cuDeviceGetPCIBusId(char* text, int length, CUdevice device) {
  return when_initialized([&] { return cudaDeviceGetPCIBusId(text, length, device); });
}

CUresult cuDeviceGetByPCIBusId(CUdevice* device, const char* text) {
  return when_initialized([&] { return cudaDeviceGetByPCIBusId(device, text); });
}

CUresult cuDeviceGetExecAffinitySupport(int* out, CUexecAffinityType type, CUdevice device) {
  return with_properties(device, out, [&](const cudaDeviceProp&) { *out = 0; }) != CUDA_SUCCESS || type < 0 ||
                 type >= CU_EXEC_AFFINITY_TYPE_MAX
             ? CUDA_ERROR_INVALID_VALUE
             : CUDA_SUCCESS;
}

CUresult cuDeviceGetTexture1DLinearMaxWidth(size_t* out, CUarray_format format, unsigned channels, CUdevice device) {
  return when_initialized([&] {
    cudaChannelFormatDesc description;
    if (!channel_format(format, channels, &description)) return CUDA_ERROR_INVALID_VALUE;
    return result(cudaDeviceGetTexture1DLinearMaxWidth(out, &description, device));
  });
}
