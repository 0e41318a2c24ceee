// Opens two libraries, passes memory and streams between them, closes them, three times: FLAGS A B.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

static void* open_library(const char* name, int flags) {
  void* library = dlopen(name, flags);
  if (library == nullptr) {
    puts(dlerror());
    exit(3);
  }
  return library;
}

template <typename Function>
static Function* find(void* library, const char* name) {
  return reinterpret_cast<Function*>(dlsym(library, name));
}

int main(int, char** arguments) {
  const char* how = arguments[1];
  const int flags = RTLD_NOW | (strchr(how, 'g') ? RTLD_GLOBAL : RTLD_LOCAL) | (strchr(how, 'd') ? RTLD_DEEPBIND : 0);
  for (int round = 0; round < 3; ++round) {
    void *a = open_library(arguments[2], flags), *b = open_library(arguments[3], flags);
    printf("%d %d", find<int()>(a, "call")() % 1000, find<int()>(b, "call")() % 1000);
    printf(" %d %d", find<int()>(a, "at_start_of_library")(), find<int()>(b, "at_start_of_library")());
    printf(" %d", find<int(void*)>(b, "take_memory")(find<void*()>(a, "make_memory")()));
    printf(" %d", find<int(void*)>(a, "take_memory")(find<void*()>(b, "make_memory")()));
    printf(" %d", find<int(void*)>(b, "take_stream")(find<void*()>(a, "make_stream")()) % 1000);
    printf(" %d\n", find<int(void*)>(a, "take_stream")(find<void*()>(b, "make_stream")()) % 1000);
    dlclose(a);
    dlclose(b);
  }
}
