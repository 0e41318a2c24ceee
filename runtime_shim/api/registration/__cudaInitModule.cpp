#include "api/entry.hpp"

CW_ENTRY char __cudaInitModule(void** handle) {
  if (cw::runtime().start() != cudaSuccess) return 0;
  const int ordinal = cw::current_device();
  cw::runtime().registry().bind_managed(reinterpret_cast<cw::RegisteredBinary*>(handle), cw::runtime().device(ordinal), ordinal);
  return 1;
}
