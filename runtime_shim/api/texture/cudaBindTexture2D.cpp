#include "api/entry.hpp"
#include "devices/texture_limits.hpp"

CW_ENTRY cudaError_t cudaBindTexture2D(size_t* offset, const textureReference* reference, const void* memory,
                                       const cudaChannelFormatDesc* format, size_t width, size_t height, size_t pitch) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    if (memory == nullptr || format == nullptr) return cudaErrorInvalidValue;
    if (!cw::is_channel_format(*format)) return cudaErrorInvalidChannelDescriptor;
    const size_t skipped = reinterpret_cast<uintptr_t>(memory) % cw::texture_limits::kAlignment;
    if (offset == nullptr && skipped != 0) return cudaErrorInvalidValue;
    cudaResourceDesc resource{};
    resource.resType = cudaResourceTypePitch2D;
    resource.res.pitch2D.devPtr = const_cast<char*>(static_cast<const char*>(memory) - skipped);
    resource.res.pitch2D.desc = *format;
    resource.res.pitch2D.width = width + skipped / cw::element_bytes_of(*format);
    resource.res.pitch2D.height = height;
    resource.res.pitch2D.pitchInBytes = pitch;
    if (offset != nullptr) *offset = skipped;
    return cw::runtime().texture_references().bind(device, ordinal, reference, resource, skipped);
  });
}
