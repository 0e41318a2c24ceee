#include "api/entry.hpp"
#include "devices/texture_limits.hpp"

// Memory that starts between two aligned addresses is bound from the lower one; the program adds `offset` to its indices.
CW_ENTRY cudaError_t cudaBindTexture(size_t* offset, const textureReference* reference, const void* memory,
                                     const cudaChannelFormatDesc* format, size_t bytes) {
  return cw::on_device([&](cw::Device& device, int ordinal) {
    cw::MemoryRange range;
    if (memory == nullptr || format == nullptr || !cw::runtime().memory().find(memory, &range)) return cudaErrorInvalidValue;
    const size_t skipped = reinterpret_cast<uintptr_t>(memory) % cw::texture_limits::kAlignment;
    if (offset == nullptr && skipped != 0) return cudaErrorInvalidValue;
    if (!cw::is_channel_format(*format)) return cudaErrorInvalidChannelDescriptor;
    const size_t left = range.base + range.bytes - reinterpret_cast<uintptr_t>(memory);
    const size_t most = cw::texture_limits::k1DLinear * cw::element_bytes_of(*format) - skipped;
    if (bytes > left) bytes = left;  // the size's default says: all there is
    cudaResourceDesc resource{};
    resource.resType = cudaResourceTypeLinear;
    resource.res.linear.devPtr = const_cast<char*>(static_cast<const char*>(memory) - skipped);
    resource.res.linear.desc = *format;
    resource.res.linear.sizeInBytes = (bytes < most ? bytes : most) + skipped;
    if (offset != nullptr) *offset = skipped;
    return cw::runtime().texture_references().bind(device, ordinal, reference, resource, skipped);
  });
}
