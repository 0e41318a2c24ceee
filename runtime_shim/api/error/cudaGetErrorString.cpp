#include "api/entry.hpp"
#include "core/error_text.hpp"

CW_ENTRY const char* cudaGetErrorString(cudaError_t error) { return cw::error_string(error); }
