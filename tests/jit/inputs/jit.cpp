// jit load|library|link|options|children FILE...: device code that is compiled at run time. Prints results by name, logs and
// values.
#include <cuda.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

static const char* name_of(CUresult result) {
  const char* name = "?";
  cuGetErrorName(result, &name);
  return name;
}

static void must(CUresult result, const char* what) {
  if (result == CUDA_SUCCESS) return;
  std::printf("%s: %s\n", what, name_of(result));
  std::exit(1);
}
#define OK(call) must(call, #call)

static std::string contents(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The logs and the time of one call.
struct Messages {
  char info[1000] = "", error[4000] = "";
  CUjit_option options[6] = {CU_JIT_INFO_LOG_BUFFER,  CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES,
                             CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES,
                             CU_JIT_LOG_VERBOSE,      CU_JIT_WALL_TIME};
  void* values[6] = {
      info,   reinterpret_cast<void*>(sizeof info), error, reinterpret_cast<void*>(sizeof error), reinterpret_cast<void*>(1),
      nullptr};

  void show(CUresult result) {
    float time = 0;
    std::memcpy(&time, &values[5], sizeof time);
    const bool sizes =
        reinterpret_cast<size_t>(values[1]) == std::strlen(info) && reinterpret_cast<size_t>(values[3]) == std::strlen(error);
    std::printf("%s, %s, %s\n%s%s", name_of(result), time > 0 ? "timed" : "not timed", sizes ? "sizes fit" : "wrong sizes", info,
                error);
  }
};

// 1, and what `add_value` adds for 2.
static void launch(CUfunction function) {
  CUdeviceptr memory = 0;
  int value = 2;
  OK(cuMemAlloc(&memory, 4));
  OK(cuMemsetD32(memory, 1, 1));
  void* arguments[] = {&memory, &value};
  OK(cuLaunchKernel(function, 1, 1, 1, 32, 1, 1, 0, nullptr, arguments, nullptr));
  OK(cuMemcpyDtoH(&value, memory, 4));
  std::printf("%d\n", value);
}

static void launch_of(CUmodule module) {
  CUfunction function = nullptr;
  OK(cuModuleGetFunction(&function, module, "add_value"));
  launch(function);
}

static void load(const char* path) {
  Messages messages;
  CUmodule module = nullptr;
  const CUresult result = cuModuleLoadDataEx(&module, contents(path).c_str(), 6, messages.options, messages.values);
  messages.show(result);
  if (result == CUDA_SUCCESS) launch_of(module);
}

static void library(const char* path) {
  CUlibrary loaded = nullptr;
  CUkernel kernel = nullptr;
  OK(cuLibraryLoadFromFile(&loaded, path, nullptr, nullptr, 0, nullptr, nullptr, 0));
  OK(cuLibraryGetKernel(&kernel, loaded, "add_value"));
  launch(reinterpret_cast<CUfunction>(kernel));
  CUmodule module = nullptr;
  OK(cuModuleLoad(&module, path));
  launch_of(module);
}

static CUjitInputType type_of(const std::string& path) {
  const std::string ending = path.substr(path.rfind('.') + 1);
  return ending == "ptx"      ? CU_JIT_INPUT_PTX
         : ending == "o"      ? CU_JIT_INPUT_OBJECT
         : ending == "a"      ? CU_JIT_INPUT_LIBRARY
         : ending == "fatbin" ? CU_JIT_INPUT_FATBINARY
                              : CU_JIT_INPUT_CUBIN;
}

static void link(char** paths) {
  Messages messages;
  CUlinkState state = nullptr;
  OK(cuLinkCreate(6, messages.options, messages.values, &state));
  for (; *paths != nullptr; ++paths) OK(cuLinkAddFile(state, type_of(*paths), *paths, 0, nullptr, nullptr));
  void* image = nullptr;
  size_t bytes = 0;
  const CUresult result = cuLinkComplete(state, &image, &bytes);
  messages.show(result);
  if (result != CUDA_SUCCESS) return;
  CUmodule module = nullptr;
  OK(cuModuleLoadData(&module, image));
  OK(cuLinkDestroy(state));
  launch_of(module);
}

static void options(const char* path) {
  const std::string text = contents(path);
  CUmodule module = nullptr;
  const struct {
    CUjit_option option;
    size_t value;
  } cases[] = {{CU_JIT_OPTIMIZATION_LEVEL, 0}, {CU_JIT_OPTIMIZATION_LEVEL, 5}, {CU_JIT_MAX_REGISTERS, 32},
               {CU_JIT_GENERATE_LINE_INFO, 1}, {CU_JIT_CACHE_MODE, 3},         {CU_JIT_GLOBAL_SYMBOL_COUNT, 1}};
  for (auto [option, value] : cases) {
    void* values = reinterpret_cast<void*>(value);
    std::printf("%d=%zu: %s\n", option, value, name_of(cuModuleLoadDataEx(&module, text.c_str(), 1, &option, &values)));
  }
}

// Compilations in threads and in a forked process; a program that waits for its children finds only its own; descriptors may
// vanish.
static void children(const char* path) {
  const std::string text = contents(path);
  std::vector<std::thread> threads;
  CUcontext context = nullptr;
  OK(cuCtxGetCurrent(&context));
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&text, context, i] {
      CUmodule module = nullptr;
      OK(cuCtxSetCurrent(context));
      OK(cuModuleLoadData(&module, (text + "// thread " + std::to_string(i)).c_str()));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%s\n", wait(nullptr) < 0 && errno == ECHILD ? "no children" : "children");
  for (int number = 3; number < 256; ++number) close(number);
  CUmodule module = nullptr;
  OK(cuModuleLoadData(&module, (text + "// closed").c_str()));
  launch_of(module);
}

int main(int, char** argv) {
  CUcontext context = nullptr;
  const std::string what = argv[1];
  OK(cuInit(0));
  OK(cuCtxCreate(&context, 0, 0));
  if (what == "load") load(argv[2]);
  if (what == "library") library(argv[2]);
  if (what == "link") link(argv + 2);
  if (what == "options") options(argv[2]);
  if (what == "children") children(argv[2]);
  std::fflush(stdout);
  _exit(0);
}
