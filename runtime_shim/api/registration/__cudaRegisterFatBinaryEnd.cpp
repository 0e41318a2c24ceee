#include "api/entry.hpp"

// Managed variables are ordinary pointers on the host side: they must have an address before main() reads them.
CW_ENTRY void __cudaRegisterFatBinaryEnd(void** handle) {
  auto* binary = reinterpret_cast<cw::RegisteredBinary*>(handle);
  if (!cw::runtime().registry().has_managed(*binary) || cw::runtime().start() != cudaSuccess) return;
  cw::runtime().registry().bind_managed(binary, cw::runtime().device(0), 0);
}
