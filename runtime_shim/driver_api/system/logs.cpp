// The log of errors that the runtime keeps.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuLogsRegisterCallback(CUlogsCallback function, void* data, CUlogsCallbackHandle* out) {
  return when_initialized([&] {
    return cudaLogsRegisterCallback(reinterpret_cast<cudaLogsCallback_t>(function), data,
                                    reinterpret_cast<cudaLogsCallbackHandle*>(out));
  });
}

CUresult cuLogsUnregisterCallback(CUlogsCallbackHandle callback) {
  return when_initialized([&] { return cudaLogsUnregisterCallback(reinterpret_cast<cudaLogsCallbackHandle>(callback)); });
}

CUresult cuLogsCurrent(CUlogIterator* out, unsigned flags) {
  return when_initialized([&] { return cudaLogsCurrent(out, flags); });
}

CUresult cuLogsDumpToFile(CUlogIterator* from, const char* path, unsigned flags) {
  return when_initialized([&] { return cudaLogsDumpToFile(from, path, flags); });
}

CUresult cuLogsDumpToMemory(CUlogIterator* from, char* buffer, size_t* size, unsigned flags) {
  return when_initialized([&] { return cudaLogsDumpToMemory(from, buffer, size, flags); });
}
