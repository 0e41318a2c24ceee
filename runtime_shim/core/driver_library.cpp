#include "core/driver_library.hpp"

#include <dlfcn.h>
#include <pthread.h>

#include "core/beside.hpp"
#include "core/internal_api.hpp"
#include "core/log.hpp"

namespace cw {
namespace {

pthread_once_t once = PTHREAD_ONCE_INIT;
void* library = nullptr;

// A program linked with libcudart_static.a that does not export it has a runtime of its own, which libcuda.so.1 does not see: its
// streams and memory would be unknown there.
bool shares_this_runtime(void* opened) {
  using Identity = const void* (*)();
  const auto runtime_of = reinterpret_cast<Identity>(dlsym(opened, "__cw_libcuda_runtime"));
  return runtime_of != nullptr && runtime_of() == __cw_internal_api();
}

void open() {
  void* opened = open_beside_this_library("libcuda.so.1");
  if (opened == nullptr) opened = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (opened == nullptr || dlsym(opened, "__cw_libcuda") == nullptr) {
    say("driver functions: Crosswarp's libcuda.so.1 is not in the library path");
  } else if (!shares_this_runtime(opened)) {
    say("driver functions: this program has its own copy of the runtime: link it with -lcuda, or with -cudart shared");
  } else {
    library = opened;
  }
}

}  // namespace

void* driver_library() {
  pthread_once(&once, open);
  return library;
}

}  // namespace cw
