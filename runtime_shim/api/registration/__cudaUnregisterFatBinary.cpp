#include "api/entry.hpp"
#include "core/log.hpp"

CW_ENTRY void __cudaUnregisterFatBinary(void** handle) {
  cw::runtime().registry().remove_binary(reinterpret_cast<cw::RegisteredBinary*>(handle));
}
