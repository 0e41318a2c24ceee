// What NVRTC tells of itself: architectures, and what stands in for precompiled headers and cancellation.
#include <nvrtc.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#define CHECK(condition)                                                            \
  do {                                                                              \
    if (!(condition)) return std::printf("line %d: %s\n", __LINE__, #condition), 1; \
  } while (0)

int main() {
  int major = 0, minor = 0, count = 0;
  CHECK(nvrtcVersion(&major, &minor) == NVRTC_SUCCESS && major == 12);
  CHECK(nvrtcGetNumSupportedArchs(&count) == NVRTC_SUCCESS && count > 0);
  std::vector<int> archs(static_cast<size_t>(count));
  CHECK(nvrtcGetSupportedArchs(archs.data()) == NVRTC_SUCCESS);
  CHECK(std::is_sorted(archs.begin(), archs.end()) && std::count(archs.begin(), archs.end(), 80) == 1);
  CHECK(nvrtcGetNumSupportedArchs(nullptr) == NVRTC_ERROR_INVALID_INPUT);
  size_t heap = 0, needed = 1;
  CHECK(nvrtcGetPCHHeapSize(&heap) == NVRTC_SUCCESS && heap > 0);
  CHECK(nvrtcSetPCHHeapSize(heap) == NVRTC_SUCCESS);
  nvrtcProgram program = nullptr;
  CHECK(nvrtcCreateProgram(&program, "__global__ void k() {}", "k.cu", 0, nullptr, nullptr) == NVRTC_SUCCESS);
  CHECK(nvrtcGetPCHHeapSizeRequired(program, &needed) == NVRTC_SUCCESS && needed == 0);
  CHECK(nvrtcGetPCHCreateStatus(program) == NVRTC_ERROR_NO_PCH_CREATE_ATTEMPTED);
  CHECK(nvrtcSetFlowCallback(program, [](void*, void*) { return 0; }, nullptr) == NVRTC_SUCCESS);
  CHECK(nvrtcSetFlowCallback(program, nullptr, nullptr) == NVRTC_ERROR_INVALID_INPUT);
  CHECK(nvrtcDestroyProgram(&program) == NVRTC_SUCCESS && program == nullptr);
  std::puts("done");
}
