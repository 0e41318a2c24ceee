#include "api/entry.hpp"

CW_ENTRY void __cudaRegisterFunction(void** handle, const char* stub, char*, const char* name, int, uint3*, uint3*, dim3*, dim3*,
                                     int*) {
  cw::runtime().registry().add_kernel(reinterpret_cast<cw::RegisteredBinary*>(handle), stub, name);
}
