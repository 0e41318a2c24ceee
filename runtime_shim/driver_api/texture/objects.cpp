// Texture and surface objects.
#include "driver_api/texture/descriptions.hpp"

using namespace cw::driver;

CUresult cuTexObjectCreate(CUtexObject* out, const CUDA_RESOURCE_DESC* resource, const CUDA_TEXTURE_DESC* texture,
                           const CUDA_RESOURCE_VIEW_DESC* view) {
  return in_context([&] {
    if (out == nullptr || resource == nullptr || texture == nullptr) return CUDA_ERROR_INVALID_VALUE;
    cudaResourceDesc resource_form;
    cudaTextureDesc texture_form;
    CUresult error = runtime_form(*resource, &resource_form);
    if (error == CUDA_SUCCESS) error = runtime_form(*texture, resource_form, &texture_form);
    if (error != CUDA_SUCCESS) return error;
    const cudaResourceViewDesc view_form = view != nullptr ? runtime_form(*view) : cudaResourceViewDesc{};
    return result(cudaCreateTextureObject(out, &resource_form, &texture_form, view != nullptr ? &view_form : nullptr));
  });
}

CUresult cuTexObjectDestroy(CUtexObject object) {
  return in_context([&] { return cudaDestroyTextureObject(object); });
}

CUresult cuTexObjectGetResourceDesc(CUDA_RESOURCE_DESC* out, CUtexObject object) {
  return in_context([&] {
    cudaResourceDesc form;
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(cudaGetTextureObjectResourceDesc(&form, object));
    return error == CUDA_SUCCESS ? driver_form(form, out) : error;
  });
}

CUresult cuTexObjectGetTextureDesc(CUDA_TEXTURE_DESC* out, CUtexObject object) {
  return in_context([&] {
    cudaTextureDesc form;
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(cudaGetTextureObjectTextureDesc(&form, object));
    if (error == CUDA_SUCCESS) driver_form(form, out);
    return error;
  });
}

CUresult cuTexObjectGetResourceViewDesc(CUDA_RESOURCE_VIEW_DESC* out, CUtexObject object) {
  return in_context([&] {
    cudaResourceViewDesc form;
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(cudaGetTextureObjectResourceViewDesc(&form, object));
    if (error == CUDA_SUCCESS) *out = driver_form(form);
    return error;
  });
}

CUresult cuSurfObjectCreate(CUsurfObject* out, const CUDA_RESOURCE_DESC* resource) {
  return in_context([&] {
    if (out == nullptr || resource == nullptr || resource->resType != CU_RESOURCE_TYPE_ARRAY) return CUDA_ERROR_INVALID_VALUE;
    cudaResourceDesc form;
    const CUresult error = runtime_form(*resource, &form);
    return error == CUDA_SUCCESS ? result(cudaCreateSurfaceObject(out, &form)) : error;
  });
}

CUresult cuSurfObjectDestroy(CUsurfObject object) {
  return in_context([&] { return cudaDestroySurfaceObject(object); });
}

CUresult cuSurfObjectGetResourceDesc(CUDA_RESOURCE_DESC* out, CUsurfObject object) {
  return in_context([&] {
    cudaResourceDesc form;
    if (out == nullptr) return CUDA_ERROR_INVALID_VALUE;
    const CUresult error = result(cudaGetSurfaceObjectResourceDesc(&form, object));
    return error == CUDA_SUCCESS ? driver_form(form, out) : error;
  });
}
