// Settings of core dumps. They are kept; a fault in a kernel is reported as an error, without a dump.
#include <cstring>

#include "core/sync.hpp"
#include "driver_api/entry.hpp"

using namespace cw::driver;

namespace {

constexpr size_t kLongestName = 1024;

struct Settings {
  bool flags[CU_COREDUMP_MAX] = {};
  char file[kLongestName] = "core.cuda.%h.%p";
  char pipe[kLongestName] = "corepipe.cuda.%h.%p";
  CUCoredumpGenerationFlags generation = CU_COREDUMP_DEFAULT_FLAGS;
};

Settings settings;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

void* place_of(CUcoredumpSettings attribute, size_t* bytes) {
  switch (attribute) {
    case CU_COREDUMP_FILE:
      *bytes = kLongestName;
      return settings.file;
    case CU_COREDUMP_PIPE:
      *bytes = kLongestName;
      return settings.pipe;
    case CU_COREDUMP_GENERATION_FLAGS:
      *bytes = sizeof settings.generation;
      return &settings.generation;
    case CU_COREDUMP_ENABLE_ON_EXCEPTION:
    case CU_COREDUMP_TRIGGER_HOST:
    case CU_COREDUMP_LIGHTWEIGHT:
    case CU_COREDUMP_ENABLE_USER_TRIGGER:
      *bytes = sizeof(bool);
      return &settings.flags[attribute];
    default:
      return nullptr;
  }
}

bool is_text(CUcoredumpSettings attribute) { return attribute == CU_COREDUMP_FILE || attribute == CU_COREDUMP_PIPE; }

CUresult get(CUcoredumpSettings attribute, void* value, size_t* size) {
  size_t bytes = 0;
  const void* from = place_of(attribute, &bytes);
  if (from == nullptr || size == nullptr) return CUDA_ERROR_INVALID_VALUE;
  if (is_text(attribute)) bytes = std::strlen(static_cast<const char*>(from)) + 1;
  if (value != nullptr && *size < bytes) return CUDA_ERROR_INVALID_VALUE;
  if (value != nullptr) std::memcpy(value, from, bytes);
  *size = bytes;
  return CUDA_SUCCESS;
}

CUresult set(CUcoredumpSettings attribute, const void* value, const size_t* size) {
  size_t most = 0;
  void* to = place_of(attribute, &most);
  if (to == nullptr || value == nullptr || size == nullptr || *size > most) return CUDA_ERROR_INVALID_VALUE;
  if (!is_text(attribute) && *size != most) return CUDA_ERROR_INVALID_VALUE;
  if (is_text(attribute)) std::memset(to, 0, most);
  std::memcpy(to, value, is_text(attribute) && *size == most ? most - 1 : *size);
  return CUDA_SUCCESS;
}

template <typename Body>
CUresult locked(Body body) {
  pthread_mutex_lock(&mutex);
  const CUresult error = body();
  pthread_mutex_unlock(&mutex);
  return error;
}

}  // namespace

CUresult cuCoredumpGetAttribute(CUcoredumpSettings attribute, void* value, size_t* size) {
  return in_context([&] { return locked([&] { return get(attribute, value, size); }); });
}

CUresult cuCoredumpGetAttributeGlobal(CUcoredumpSettings attribute, void* value, size_t* size) {
  return when_initialized([&] { return locked([&] { return get(attribute, value, size); }); });
}

CUresult cuCoredumpSetAttribute(CUcoredumpSettings attribute, void* value, size_t* size) {
  return in_context([&] { return locked([&] { return set(attribute, value, size); }); });
}

CUresult cuCoredumpSetAttributeGlobal(CUcoredumpSettings attribute, void* value, size_t* size) {
  return when_initialized([&] { return locked([&] { return set(attribute, value, size); }); });
}
