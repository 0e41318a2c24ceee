#include "api/entry.hpp"
#include "core/error_text.hpp"

CW_ENTRY const char* cudaGetErrorName(cudaError_t error) { return cw::error_name(error); }
