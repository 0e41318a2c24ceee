#include "api/entry.hpp"

CW_ENTRY void __cudaRegisterManagedVar(void** handle, void** host, char*, const char* name, int, size_t bytes, int constant, int) {
  cw::runtime().registry().add_variable(reinterpret_cast<cw::RegisteredBinary*>(handle), host, name, bytes, constant != 0, host);
}
