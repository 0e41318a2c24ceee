// NVRTC and the linker: relocatable results in three forms, and PTX that the program changes before it loads it.
#include <cuda.h>
#include <nvrtc.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

static void must(int result, const char* what) {
  if (result == 0) return;
  std::printf("%s: %d\n", what, result);
  std::exit(1);
}
#define OK(call) must(call, #call)

enum class Form { kPtx, kCubin, kLto };

static std::string compile(const char* source, std::vector<const char*> options, Form form) {
  nvrtcProgram program = nullptr;
  const char* header = "__device__ int twice(int);\n";
  const char* name = "folder/twice.h";
  OK(nvrtcCreateProgram(&program, source, "program.cu", 1, &header, &name));
  // As CuPy calls it.
  for (const char* each : {"-std=c++17", "-arch=sm_80", "--device-as-default-execution-space", "-DCUPY_USE_JITIFY",
                           "-I/usr/include", "-ftz=true", "--split-compile=0"}) {
    options.push_back(each);
  }
  const nvrtcResult result = nvrtcCompileProgram(program, static_cast<int>(options.size()), options.data());
  size_t size = 0;
  OK(nvrtcGetProgramLogSize(program, &size));
  std::string text(size, '\0');
  OK(nvrtcGetProgramLog(program, text.data()));
  std::printf("%s", text.c_str());
  must(result, "compile");
  OK(form == Form::kPtx     ? nvrtcGetPTXSize(program, &size)
     : form == Form::kCubin ? nvrtcGetCUBINSize(program, &size)
                            : nvrtcGetLTOIRSize(program, &size));
  text.resize(size);
  OK(form == Form::kPtx     ? nvrtcGetPTX(program, text.data())
     : form == Form::kCubin ? nvrtcGetCUBIN(program, text.data())
                            : nvrtcGetLTOIR(program, text.data()));
  OK(nvrtcDestroyProgram(&program));
  return text;
}

static void launch(CUmodule module) {
  CUfunction function = nullptr;
  CUdeviceptr memory = 0;
  int value = 0;
  OK(cuModuleGetFunction(&function, module, "k"));
  OK(cuMemAlloc(&memory, 4));
  OK(cuMemsetD32(memory, 20, 1));
  void* arguments[] = {&memory};
  OK(cuLaunchKernel(function, 1, 1, 1, 1, 1, 1, 0, nullptr, arguments, nullptr));
  OK(cuMemcpyDtoH(&value, memory, 4));
  std::printf("%d\n", value);
}

static void link(Form form, CUjitInputType type, const char* option) {
  const std::string functions = compile("int twice(int x) { return 2 * x; }", {option}, form);
  const std::string kernel =
      compile("#include \"folder/twice.h\"\nextern \"C\" __global__ void k(int* p) { *p = twice(*p) + 2; }", {option}, form);
  CUlinkState state = nullptr;
  CUmodule module = nullptr;
  void* image = nullptr;
  size_t bytes = 0;
  OK(cuLinkCreate(0, nullptr, nullptr, &state));
  for (const std::string& each : {functions, kernel}) {
    OK(cuLinkAddData(state, type, const_cast<char*>(each.data()), each.size(), "piece", 0, nullptr, nullptr));
  }
  OK(cuLinkComplete(state, &image, &bytes));
  OK(cuModuleLoadData(&module, image));
  OK(cuLinkDestroy(state));
  launch(module);
}

int main() {
  CUcontext context = nullptr;
  CUmodule module = nullptr;
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  link(Form::kPtx, CU_JIT_INPUT_PTX, "-dc");
  link(Form::kCubin, CU_JIT_INPUT_CUBIN, "--relocatable-device-code=true");
  link(Form::kLto, CU_JIT_INPUT_NVVM, "-dlto");
  std::string text = compile("extern \"C\" __global__ void k(int* p) { *p = *p * 1234567; }", {}, Form::kPtx);
  for (size_t at = 0; (at = text.find("1234567", at)) != std::string::npos;) text.replace(at, 7, "3");
  OK(cuModuleLoadData(&module, text.c_str()));
  launch(module);
  text =
      compile("static __constant__ int factor = 3;\nextern \"C\" __global__ void k(int* p) { *p = *p * factor; }", {}, Form::kPtx);
  OK(cuModuleLoadData(&module, text.c_str()));
  CUdeviceptr factor = 0;
  OK(cuModuleGetGlobal(&factor, nullptr, module, "factor"));
  OK(cuMemsetD32(factor, 5, 1));
  launch(module);
}
