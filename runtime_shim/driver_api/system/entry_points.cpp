// Entries by name and version.
#include <dlfcn.h>

#include <cstdio>
#include <cstring>

#include "core/log.hpp"
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

struct Form {
  const char* name;
  const char* symbol;
  int since;  // CUDA version
};

constexpr Form kForms[] = {
#define CW_SINCE(name, symbol, since) {#name, #symbol, since},
#include "driver_api/versions.inc"
#undef CW_SINCE
    // Of cudaProfiler.h; the table is cuda.h's.
    {"cuProfilerInitialize", "cuProfilerInitialize", 4000},
    {"cuProfilerStart", "cuProfilerStart", 4000},
    {"cuProfilerStop", "cuProfilerStop", 4000},
};

// The symbol in this library, whatever else the process has loaded.
void* own_symbol(const char* name) {
  Dl_info self;
  if (dladdr(reinterpret_cast<const void*>(&own_symbol), &self) == 0) return nullptr;
  void* library = dlopen(self.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == nullptr) return nullptr;
  void* found = dlsym(library, name);
  dlclose(library);
  return found;
}

void* per_thread_symbol(const char* name) {
  char full[128];
  constexpr const char* kSuffixes[] = {"_ptsz", "_ptds"};
  for (const char* suffix : kSuffixes) {
    std::snprintf(full, sizeof full, "%s%s", name, suffix);
    if (void* found = own_symbol(full)) return found;
  }
  return nullptr;
}

// The newest form up to a version, null when all are newer, or there is none.
const Form* newest_form(const char* name, int version, bool* known) {
  const Form* newest = nullptr;
  *known = false;
  for (const Form& form : kForms) {
    if (std::strcmp(form.name, name) != 0) continue;
    *known = true;
    if (form.since <= version) newest = &form;
  }
  return newest;
}

}  // namespace

CUresult cuGetProcAddress(const char* name, void** function, int version, cuuint64_t flags,
                          CUdriverProcAddressQueryResult* status) {
  constexpr cuuint64_t known_flags = CU_GET_PROC_ADDRESS_LEGACY_STREAM | CU_GET_PROC_ADDRESS_PER_THREAD_DEFAULT_STREAM;
  if (name == nullptr || function == nullptr || (flags & ~known_flags) != 0 || flags == known_flags)
    return CUDA_ERROR_INVALID_VALUE;
  bool known = false;
  const Form* form = newest_form(name, version, &known);
  *function = nullptr;
  if (form != nullptr && flags == CU_GET_PROC_ADDRESS_PER_THREAD_DEFAULT_STREAM) *function = per_thread_symbol(form->symbol);
  if (form != nullptr && *function == nullptr) *function = own_symbol(form->symbol);
  const auto missing = known ? CU_GET_PROC_ADDRESS_VERSION_NOT_SUFFICIENT : CU_GET_PROC_ADDRESS_SYMBOL_NOT_FOUND;
  if (status != nullptr) *status = *function != nullptr ? CU_GET_PROC_ADDRESS_SUCCESS : missing;
  return *function != nullptr ? CUDA_SUCCESS : CUDA_ERROR_NOT_FOUND;
}

// NVIDIA's private tables: undocumented, hence none is here.
CUresult cuGetExportTable(const void** table, const CUuuid* id) {
  if (table == nullptr || id == nullptr) return CUDA_ERROR_INVALID_VALUE;
  *table = nullptr;
  cw::say_unsupported("cuGetExportTable");
  return CUDA_ERROR_NOT_SUPPORTED;
}
