// The attributes of a stream that programs set and read (cudaStreamSetAttribute). Priority changes what runs first; the others are
// hints about caches, waiting and memory domains: they are checked, kept, and given to the vendor's library where it takes them.
#pragma once

#include "devices/device.hpp"

namespace cw {

// cudaErrorInvalidValue for an attribute that streams do not have, or a value that it cannot have.
cudaError_t set_stream_attribute(Stream& stream, cudaLaunchAttributeID id, const cudaLaunchAttributeValue& value);
cudaError_t get_stream_attribute(Stream& stream, cudaLaunchAttributeID id, cudaLaunchAttributeValue* out);
cudaError_t copy_stream_attributes(Stream& to, Stream& from);

}  // namespace cw
