// Memory and events of other processes.
#include "driver_api/entry.hpp"

using namespace cw::driver;

CUresult cuIpcGetMemHandle(CUipcMemHandle* out, CUdeviceptr memory) {
  return in_context([&] { return cudaIpcGetMemHandle(same_layout<cudaIpcMemHandle_t>(out), pointer(memory)); });
}

CUresult cuIpcOpenMemHandle(CUdeviceptr* out, CUipcMemHandle handle, unsigned flags) {
  return in_context([&] { return cudaIpcOpenMemHandle(pointer_out(out), *same_layout<cudaIpcMemHandle_t>(&handle), flags); });
}

CUresult cuIpcCloseMemHandle(CUdeviceptr memory) {
  return in_context([&] { return cudaIpcCloseMemHandle(pointer(memory)); });
}

CUresult cuIpcGetEventHandle(CUipcEventHandle* out, CUevent event) {
  return in_context([&] { return cudaIpcGetEventHandle(same_layout<cudaIpcEventHandle_t>(out), event); });
}

CUresult cuIpcOpenEventHandle(CUevent* out, CUipcEventHandle handle) {
  return in_context([&] { return cudaIpcOpenEventHandle(out, *same_layout<cudaIpcEventHandle_t>(&handle)); });
}
