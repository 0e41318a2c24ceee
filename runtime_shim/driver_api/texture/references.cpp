// Texture references that a program makes by itself: a description, kept and told. References of a module's own are not there
// (cuModuleGetTexRef): compilers have not made any since CUDA 12.
#include <cstring>

#include "core/flat_map.hpp"
#include "core/sync.hpp"
#include "driver_api/texture/formats.hpp"

struct CUtexref_st : cw::Allocated {
  CUDA_RESOURCE_DESC resource{};
  CUDA_TEXTURE_DESC texture{};
  CUarray_format format = CU_AD_FORMAT_FLOAT;
  int channels = 1;
  bool bound = false;
};

using namespace cw::driver;

namespace {

struct Table {
  cw::Mutex mutex;
  cw::FlatMap<const void*, cw::Owned<CUtexref_st>> references;
};

alignas(Table) unsigned char storage[sizeof(Table)];
pthread_once_t once = PTHREAD_ONCE_INIT;

Table& table() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) Table(); });
  return *reinterpret_cast<Table*>(storage);
}

// Runs `body(reference)`; CUDA_ERROR_INVALID_VALUE for a stale handle.
template <typename Body>
CUresult on_reference(CUtexref handle, Body body) {
  return in_context([&]() -> CUresult {
    cw::Lock lock(table().mutex);
    auto* found = table().references.find(handle);
    return found != nullptr ? body(**found) : CUDA_ERROR_INVALID_VALUE;
  });
}

template <typename T>
CUresult give(T* out, T value) {
  if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
  *out = value;
  return CUDA_SUCCESS;
}

void bind(CUtexref_st& reference, const CUDA_RESOURCE_DESC& resource) {
  reference.resource = resource;
  reference.bound = true;
}

bool is_dimension(int dimension) { return dimension >= 0 && dimension < 3; }

}  // namespace

CUresult cuTexRefCreate(CUtexref* out) {
  return in_context([&] {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    cw::Owned<CUtexref_st> reference(new CUtexref_st);
    reference->texture.maxAnisotropy = 1;
    *out = reference.get();
    cw::Lock lock(table().mutex);
    table().references.set(*out, static_cast<cw::Owned<CUtexref_st>&&>(reference));
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefDestroy(CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st&) {
    table().references.erase(handle);
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefSetArray(CUtexref handle, CUarray array, unsigned flags) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    CUDA_ARRAY3D_DESCRIPTOR about;
    if (flags != CU_TRSA_OVERRIDE_FORMAT) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = cuArray3DGetDescriptor(&about, array);
    if (error != CUDA_SUCCESS) return error;
    CUDA_RESOURCE_DESC resource{};
    resource.resType = CU_RESOURCE_TYPE_ARRAY;
    resource.res.array.hArray = array;
    bind(reference, resource);
    reference.format = about.Format;
    reference.channels = static_cast<int>(about.NumChannels);
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefSetMipmappedArray(CUtexref handle, CUmipmappedArray array, unsigned flags) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    if (array == nullptr || flags != CU_TRSA_OVERRIDE_FORMAT) return CUDA_ERROR_INVALID_VALUE;
    CUDA_RESOURCE_DESC resource{};
    resource.resType = CU_RESOURCE_TYPE_MIPMAPPED_ARRAY;
    resource.res.mipmap.hMipmappedArray = array;
    bind(reference, resource);
    return CUDA_SUCCESS;
  });
}

// Any address will do: there is no offset to be told.
CUresult cuTexRefSetAddress(size_t* offset, CUtexref handle, CUdeviceptr memory, size_t bytes) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    CUDA_RESOURCE_DESC resource{};
    resource.resType = CU_RESOURCE_TYPE_LINEAR;
    resource.res.linear.devPtr = memory;
    resource.res.linear.format = reference.format;
    resource.res.linear.numChannels = static_cast<unsigned>(reference.channels);
    resource.res.linear.sizeInBytes = bytes;
    bind(reference, resource);
    if (offset != nullptr) *offset = 0;
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefSetAddress2D(CUtexref handle, const CUDA_ARRAY_DESCRIPTOR* about, CUdeviceptr memory, size_t pitch) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    if (about == nullptr || pitch < about->Width * about->NumChannels * format_bytes(about->Format))
      return CUDA_ERROR_INVALID_VALUE;
    CUDA_RESOURCE_DESC resource{};
    resource.resType = CU_RESOURCE_TYPE_PITCH2D;
    resource.res.pitch2D.devPtr = memory;
    resource.res.pitch2D.format = about->Format;
    resource.res.pitch2D.numChannels = about->NumChannels;
    resource.res.pitch2D.width = about->Width;
    resource.res.pitch2D.height = about->Height;
    resource.res.pitch2D.pitchInBytes = pitch;
    bind(reference, resource);
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefSetFormat(CUtexref handle, CUarray_format format, int channels) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    cudaChannelFormatDesc known;
    if (channels < 0 || !channel_format(format, static_cast<unsigned>(channels), &known)) return CUDA_ERROR_INVALID_VALUE;
    reference.format = format;
    reference.channels = channels;
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefSetAddressMode(CUtexref handle, int dimension, CUaddress_mode mode) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    if (!is_dimension(dimension) || mode < CU_TR_ADDRESS_MODE_WRAP || mode > CU_TR_ADDRESS_MODE_BORDER)
      return CUDA_ERROR_INVALID_VALUE;
    reference.texture.addressMode[dimension] = mode;
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefSetFilterMode(CUtexref handle, CUfilter_mode mode) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(&reference.texture.filterMode, mode); });
}

CUresult cuTexRefSetMipmapFilterMode(CUtexref handle, CUfilter_mode mode) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(&reference.texture.mipmapFilterMode, mode); });
}

CUresult cuTexRefSetMipmapLevelBias(CUtexref handle, float bias) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(&reference.texture.mipmapLevelBias, bias); });
}

CUresult cuTexRefSetMipmapLevelClamp(CUtexref handle, float lowest, float highest) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    reference.texture.minMipmapLevelClamp = lowest;
    return give(&reference.texture.maxMipmapLevelClamp, highest);
  });
}

CUresult cuTexRefSetMaxAnisotropy(CUtexref handle, unsigned most) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(&reference.texture.maxAnisotropy, most); });
}

CUresult cuTexRefSetBorderColor(CUtexref handle, float* color) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    if (color == nullptr) return CUDA_ERROR_INVALID_VALUE;
    std::memcpy(reference.texture.borderColor, color, sizeof reference.texture.borderColor);
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefSetFlags(CUtexref handle, unsigned flags) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(&reference.texture.flags, flags); });
}

CUresult cuTexRefGetAddress(CUdeviceptr* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    const CUresourcetype type = reference.resource.resType;
    const bool linear = type == CU_RESOURCE_TYPE_LINEAR || type == CU_RESOURCE_TYPE_PITCH2D;
    if (!reference.bound || !linear) return CUDA_ERROR_INVALID_VALUE;
    return give(out, reference.resource.res.linear.devPtr);
  });
}

CUresult cuTexRefGetArray(CUarray* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    const bool array = reference.bound && reference.resource.resType == CU_RESOURCE_TYPE_ARRAY;
    return array ? give(out, reference.resource.res.array.hArray) : CUDA_ERROR_INVALID_VALUE;
  });
}

CUresult cuTexRefGetMipmappedArray(CUmipmappedArray* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    const bool array = reference.bound && reference.resource.resType == CU_RESOURCE_TYPE_MIPMAPPED_ARRAY;
    return array ? give(out, reference.resource.res.mipmap.hMipmappedArray) : CUDA_ERROR_INVALID_VALUE;
  });
}

CUresult cuTexRefGetFormat(CUarray_format* format, int* channels, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    if (format != nullptr) *format = reference.format;
    return give(channels, reference.channels);
  });
}

CUresult cuTexRefGetAddressMode(CUaddress_mode* out, CUtexref handle, int dimension) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    return is_dimension(dimension) ? give(out, reference.texture.addressMode[dimension]) : CUDA_ERROR_INVALID_VALUE;
  });
}

CUresult cuTexRefGetFilterMode(CUfilter_mode* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(out, reference.texture.filterMode); });
}

CUresult cuTexRefGetMipmapFilterMode(CUfilter_mode* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(out, reference.texture.mipmapFilterMode); });
}

CUresult cuTexRefGetMipmapLevelBias(float* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(out, reference.texture.mipmapLevelBias); });
}

CUresult cuTexRefGetMipmapLevelClamp(float* lowest, float* highest, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    if (lowest != nullptr) *lowest = reference.texture.minMipmapLevelClamp;
    return give(highest, reference.texture.maxMipmapLevelClamp);
  });
}

CUresult cuTexRefGetMaxAnisotropy(int* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(out, static_cast<int>(reference.texture.maxAnisotropy)); });
}

CUresult cuTexRefGetBorderColor(float* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) {
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    std::memcpy(out, reference.texture.borderColor, sizeof reference.texture.borderColor);
    return CUDA_SUCCESS;
  });
}

CUresult cuTexRefGetFlags(unsigned* out, CUtexref handle) {
  return on_reference(handle, [&](CUtexref_st& reference) { return give(out, reference.texture.flags); });
}
