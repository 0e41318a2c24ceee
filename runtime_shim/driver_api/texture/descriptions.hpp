// The driver API's descriptions of textures and of what they read as the runtime's, and back.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// CUDA_ERROR_INVALID_VALUE for a kind of resource, a format or flags that do not exist.
CUresult runtime_form(const CUDA_RESOURCE_DESC& from, cudaResourceDesc* out);
CUresult driver_form(const cudaResourceDesc& from, CUDA_RESOURCE_DESC* out);
// How integers are read depends on the resource's format.
CUresult runtime_form(const CUDA_TEXTURE_DESC& from, const cudaResourceDesc& resource, cudaTextureDesc* out);
void driver_form(const cudaTextureDesc& from, CUDA_TEXTURE_DESC* out);
cudaResourceViewDesc runtime_form(const CUDA_RESOURCE_VIEW_DESC& from);
CUDA_RESOURCE_VIEW_DESC driver_form(const cudaResourceViewDesc& from);

}  // namespace cw::driver
