// Compiles a kernel at run time, launches it by its lowered name, and prints what the entries answer. Argument: ptx or cubin.
#include <cuda.h>
#include <nvrtc.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace {

const char* const kSource =
    "#include \"scale.h\"\n"
    "#include <cooperative_groups.h>\n"
    "__constant__ int offset;\n"
    "namespace inner { template <class T, int N> __global__ void axpy(T a, const T* x, T* y) {\n"
    "  const int i = blockIdx.x * blockDim.x + threadIdx.x;\n"
    "  assert(i >= 0);\n"
    "  if (i < N) y[i] += scale(a) * x[i] + offset;\n"
    "} }\n"
    "int everywhere() { return 1; }\n"
    "__global__ void uses(int* out) { *out = everywhere() + FROM_OPTION; }\n";
const char* const kHeader = "template <class T> __device__ T scale(T v) { return 2 * v; }\n";
const char* const kHeaderName = "scale.h";
constexpr int kCount = 100;

#define CHECK(call)                                       \
  do {                                                    \
    const int failure = static_cast<int>(call);           \
    if (failure != 0) printf("%s: %d\n", #call, failure); \
  } while (0)

std::string log_of(nvrtcProgram program) {
  size_t size = 0;
  CHECK(nvrtcGetProgramLogSize(program, &size));
  std::string log(size, '\0');
  CHECK(nvrtcGetProgramLog(program, &log[0]));
  return log.c_str();
}

std::vector<char> code_of(nvrtcProgram program, bool ptx) {
  size_t size = 0;
  CHECK(ptx ? nvrtcGetPTXSize(program, &size) : nvrtcGetCUBINSize(program, &size));
  std::vector<char> code(size);
  CHECK(ptx ? nvrtcGetPTX(program, code.data()) : nvrtcGetCUBIN(program, code.data()));
  return code;
}

void run(const char* image, const char* axpy, const char* offset) {
  CUdevice device;
  CUcontext context;
  CUmodule module;
  CUfunction kernel;
  CUdeviceptr x, y, constant;
  size_t bytes = 0;
  CHECK(cuInit(0));
  CHECK(cuDeviceGet(&device, 0));
  CHECK(cuCtxCreate(&context, 0, device));
  CHECK(cuModuleLoadData(&module, image));
  CHECK(cuModuleGetFunction(&kernel, module, axpy));
  CHECK(cuModuleGetGlobal(&constant, &bytes, module, offset));
  float values[kCount], result[kCount];
  for (int i = 0; i < kCount; ++i) values[i] = static_cast<float>(i);
  memset(result, 0, sizeof result);
  CHECK(cuMemAlloc(&x, sizeof values));
  CHECK(cuMemAlloc(&y, sizeof result));
  CHECK(cuMemcpyHtoD(x, values, sizeof values));
  CHECK(cuMemcpyHtoD(y, result, sizeof result));
  const int five = 5;
  CHECK(cuMemcpyHtoD(constant, &five, sizeof five));
  float a = 3;
  void* arguments[] = {&a, &x, &y};
  CHECK(cuLaunchKernel(kernel, 4, 1, 1, 32, 1, 1, 0, nullptr, arguments, nullptr));
  CHECK(cuMemcpyDtoH(result, y, sizeof result));
  printf("%zu: %g %g\n", bytes, result[1], result[kCount - 1]);
}

void refused() {
  nvrtcProgram program;
  const char* unknown[] = {"--no-such-option"};
  const char* lowered = nullptr;
  CHECK(nvrtcCreateProgram(&program, "__device__ int x = ;", nullptr, 0, nullptr, nullptr));
  printf("%s\n", nvrtcGetErrorString(nvrtcCompileProgram(program, 1, unknown)));
  printf("%s\n", nvrtcGetErrorString(nvrtcCompileProgram(program, 0, nullptr)));
  printf("%s", log_of(program).c_str());
  size_t size = 0;
  printf("%s\n", nvrtcGetErrorString(nvrtcGetPTXSize(program, &size)));
  printf("%s\n", nvrtcGetErrorString(nvrtcAddNameExpression(program, "f")));
  printf("%s\n", nvrtcGetErrorString(nvrtcGetLoweredName(program, "f", &lowered)));
  CHECK(nvrtcDestroyProgram(&program));
  printf("%d %s\n", program == nullptr, nvrtcGetErrorString(nvrtcDestroyProgram(&program)));
  printf("%s\n", nvrtcGetErrorString(nvrtcCreateProgram(nullptr, "", "", 0, nullptr, nullptr)));
}

}  // namespace

int main(int, char** arguments) {
  nvrtcProgram program;
  CHECK(nvrtcCreateProgram(&program, kSource, "axpy.cu", 1, &kHeader, &kHeaderName));
  CHECK(nvrtcAddNameExpression(program, "inner::axpy<float, 50 * 2>"));
  CHECK(nvrtcAddNameExpression(program, "&offset"));
  const char* options[] = {"--gpu-architecture=compute_80", "-default-device", "-DFROM_OPTION=2", "--fmad=false"};
  const nvrtcResult compiled = nvrtcCompileProgram(program, 4, options);
  if (compiled != NVRTC_SUCCESS) {
    printf("%s\n%s", nvrtcGetErrorString(compiled), log_of(program).c_str());
    return 1;
  }
  const char *axpy = nullptr, *offset = nullptr;
  CHECK(nvrtcGetLoweredName(program, "inner::axpy<float, 50 * 2>", &axpy));
  CHECK(nvrtcGetLoweredName(program, "&offset", &offset));
  printf("%s%s %s\n", log_of(program).c_str(), axpy, offset);
  const std::string lowered = axpy;  // the program's, gone with it
  const std::vector<char> code = code_of(program, strcmp(arguments[1], "ptx") == 0);
  CHECK(nvrtcDestroyProgram(&program));
  run(code.data(), lowered.c_str(), "offset");
  refused();
}
