#include "driver_api/context/contexts.hpp"

#include "core/flat_map.hpp"
#include "core/sync.hpp"

namespace cw::driver {
namespace {

constexpr int kMostDevices = 64;
constexpr int kMostNested = 64;

struct Table {
  Mutex mutex;
  FlatMap<const void*, Context*> living;
  Vector<Context*> unused;
  unsigned long long last_id = 0;
  unsigned references[kMostDevices] = {};
};

alignas(Table) unsigned char storage[sizeof(Table)];
pthread_once_t once = PTHREAD_ONCE_INIT;
Context primaries[kMostDevices];

// Never destroyed: threads may still run while a program exits.
Table& table() {
  pthread_once(&once, [] { new (static_cast<void*>(storage)) Table(); });
  return *reinterpret_cast<Table*>(storage);
}

struct Entry {
  Context* context;
  unsigned long long id;
};
thread_local Entry stack[kMostNested];
thread_local int depth = 0;

Entry entry_of(Context* context) { return Entry{context, context->id}; }

// The program may have called the runtime's cudaSetDevice since, or may use the runtime alone.
void follow_runtime() {
  const int device = internal().thread.current_device();
  if (depth == 0 && internal().thread.use().uses_device) stack[depth++] = entry_of(primary_context(device));
  if (depth > 0 && stack[depth - 1].context->device != device) stack[depth - 1] = entry_of(primary_context(device));
}

void runtime_follows() {
  if (depth > 0) internal().thread.set_device(stack[depth - 1].context->device);
  internal().thread.set_use(ThreadUse{internal().thread.use().last_error, false});
}

}  // namespace

bool is_device(CUdevice device) {
  int count = 0;
  return cudaGetDeviceCount(&count) == cudaSuccess && device >= 0 && device < count && device < kMostDevices;
}

Context* primary_context(CUdevice device) {
  if (!is_device(device)) return nullptr;
  Lock lock(table().mutex);
  Context& context = primaries[device];
  if (context.id == 0) {
    context.device = device;
    context.primary = true;
    context.id = ++table().last_id;
    table().living.set(&context, &context);
  }
  return &context;
}

CUresult current_context(Context** out) {
  follow_runtime();
  if (depth == 0) return CUDA_ERROR_INVALID_CONTEXT;
  const Entry& top = stack[depth - 1];
  if (top.context->id != top.id) return CUDA_ERROR_CONTEXT_IS_DESTROYED;
  *out = top.context;
  return CUDA_SUCCESS;
}

Context* find_context(CUcontext handle) {
  Lock lock(table().mutex);
  Context** found = table().living.find(handle);
  return found != nullptr ? *found : nullptr;
}

Context* create_context(CUdevice device, unsigned flags) {
  Lock lock(table().mutex);
  Context* context = table().unused.empty() ? new Context : table().unused.pop();
  context->device = device;
  context->flags = flags;
  context->id = ++table().last_id;
  table().living.set(context, context);
  return context;
}

void destroy_context(Context* context) {
  if (depth > 0 && stack[depth - 1].context == context) pop_context(nullptr);
  Lock lock(table().mutex);
  context->id = 0;
  context->green = nullptr;
  context->attached.store(0);
  table().living.erase(context);
  table().unused.push(context);
}

CUresult set_current_context(CUcontext handle) {
  if (handle == nullptr) {
    follow_runtime();
    return depth > 0 ? pop_context(nullptr) : CUDA_SUCCESS;
  }
  Context* context = find_context(handle);
  if (context == nullptr) return CUDA_ERROR_INVALID_CONTEXT;
  if (depth == 0) depth = 1;
  stack[depth - 1] = entry_of(context);
  runtime_follows();
  return CUDA_SUCCESS;
}

CUresult push_context(Context* context) {
  follow_runtime();
  if (depth == kMostNested) return CUDA_ERROR_INVALID_VALUE;
  stack[depth++] = entry_of(context);
  runtime_follows();
  return CUDA_SUCCESS;
}

CUresult pop_context(CUcontext* out) {
  follow_runtime();
  if (depth == 0) return CUDA_ERROR_INVALID_CONTEXT;
  const Entry top = stack[--depth];
  if (out != nullptr) *out = handle_of(top.context);
  runtime_follows();
  return CUDA_SUCCESS;
}

void retain_primary(CUdevice device) {
  Lock lock(table().mutex);
  ++table().references[device];
}

bool release_primary(CUdevice device) {
  Lock lock(table().mutex);
  if (table().references[device] == 0) return false;
  --table().references[device];
  return true;
}

unsigned primary_references(CUdevice device) {
  Lock lock(table().mutex);
  return table().references[device];
}

bool are_context_flags(unsigned flags) {
  const unsigned waits = flags & CU_CTX_SCHED_MASK;
  return (flags & ~static_cast<unsigned>(CU_CTX_FLAGS_MASK)) == 0 && (waits & (waits - 1)) == 0;
}

}  // namespace cw::driver
