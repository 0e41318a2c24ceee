// The driver API's element formats beside the runtime's channel descriptions.
#pragma once

#include "driver_api/entry.hpp"

namespace cw::driver {

// False for a format or a number of channels that does not exist.
bool channel_format(CUarray_format format, unsigned channels, cudaChannelFormatDesc* out);
bool array_format(const cudaChannelFormatDesc& from, CUarray_format* format, unsigned* channels);
unsigned format_bytes(CUarray_format format);  // of one channel; 0: no such format

}  // namespace cw::driver
