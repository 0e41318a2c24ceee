#include "api/entry.hpp"
#include "core/log.hpp"

// NVIDIA's private tables: undocumented, hence none is here.
CW_ENTRY cudaError_t cudaGetExportTable(const void** table, const cudaUUID_t* id) {
  if (table == nullptr || id == nullptr) return cw::record_error(cudaErrorInvalidValue);
  *table = nullptr;
  cw::say_unsupported("cudaGetExportTable");
  return cw::record_error(cudaErrorNotSupported);
}
