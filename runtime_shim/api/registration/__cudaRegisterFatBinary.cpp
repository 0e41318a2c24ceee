#include "api/entry.hpp"

CW_ENTRY void** __cudaRegisterFatBinary(void* wrapper) {
  return reinterpret_cast<void**>(cw::runtime().registry().add_binary(static_cast<const cw::fatbin::Wrapper*>(wrapper)));
}
