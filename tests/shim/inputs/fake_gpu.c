// A vendor's library that records its calls: libamdhip64.so with -DHIP, libcuda.so.1 without. Memory is the host's; a launch writes
// what it was given to the log. Using a handle that is not alive is logged as ERROR, and so is what is alive at the end.
#include <crosswarp/gpu_services.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HIP
#define NAME(hip, cuda) hip
#define TEXT(hip, cuda) #hip
#else
#define NAME(hip, cuda) cuda
#define TEXT(hip, cuda) #cuda
#endif
#define API(hip, cuda, ...) __attribute__((visibility("default"))) int NAME(hip, cuda)(__VA_ARGS__)

static void note(const char* format, ...) {
  static FILE* log;
  va_list arguments;
  if (log == NULL) log = fopen(getenv("CW_TEST_LOG"), "w");
  va_start(arguments, format);
  vfprintf(log, format, arguments);
  va_end(arguments);
  fputc('\n', log);
  fflush(log);
}

// What is alive: a kind and a number each, so that logs do not depend on addresses.
typedef struct {
  char kind;
  int number;
  void* memory;
} Object;
static Object* alive[256];
static int made;

static void* create(char kind, size_t bytes) {
  Object* object = malloc(sizeof *object);
  *object = (Object){kind, ++made, bytes != 0 ? calloc(1, bytes) : object};
  for (int i = 0; i < 256; ++i) {
    if (alive[i] == NULL) {
      alive[i] = object;
      return object->memory;
    }
  }
  abort();
}
static Object* find(const void* handle, char kind) {
  for (int i = 0; i < 256; ++i) {
    if (alive[i] != NULL && alive[i]->memory == handle && alive[i]->kind == kind) return alive[i];
  }
  note("ERROR: no such %c", kind);
  return NULL;
}
static int destroy(const void* handle, char kind) {
  Object* object = find(handle, kind);
  for (int i = 0; i < 256; ++i) {
    if (object != NULL && alive[i] == object) alive[i] = NULL;
  }
  return object == NULL;
}
static int number(const void* handle, char kind) {
  if (handle == NULL || handle == (void*)2) return (int)(size_t)handle;
  Object* object = find(handle, kind);
  return object == NULL ? -1 : object->number;
}
__attribute__((destructor)) static void leftovers(void) {
  for (int i = 0; i < 256; ++i) {
    if (alive[i] != NULL) note("LEFT %c%d", alive[i]->kind, alive[i]->number);
  }
}

static struct {
  const char* name;
} functions[16];
static cw_gpu_services* services;
static int variables[4];

API(hipGetDeviceCount, cuDeviceGetCount, int* count) {
  const char* devices = getenv("CW_TEST_DEVICES");
  *count = devices != NULL ? atoi(devices) : 1;
  return 0;
}
API(hipMalloc, cuMemAlloc_v2, void** out, size_t bytes) {
  *out = create('m', bytes);
  note("malloc %zu -> m%d", bytes, made);
  return 0;
}
API(hipFree, cuMemFree_v2, void* memory) {
  note("free m%d", number(memory, 'm'));
  return destroy(memory, 'm');
}
API(hipHostMalloc, cuMemHostAlloc, void** out, size_t bytes, unsigned flags) {
  *out = create('h', bytes);
  note("host_malloc %zu flags %x -> h%d", bytes, flags, made);
  return 0;
}
API(hipHostFree, cuMemFreeHost, void* memory) {
  note("host_free h%d", number(memory, 'h'));
  return destroy(memory, 'h');
}
API(hipMallocManaged, cuMemAllocManaged, void** out, size_t bytes, unsigned flags) {
  *out = create('m', bytes);
  note("malloc_managed %zu flags %u -> m%d", bytes, flags, made);
  return 0;
}
API(hipHostRegister, cuMemHostRegister_v2, void* memory, size_t bytes, unsigned flags) {
  (void)memory;
  note("host_register %zu flags %u", bytes, flags);
  return 0;
}
API(hipHostUnregister, cuMemHostUnregister, void* memory) {
  (void)memory;
  note("host_unregister");
  return 0;
}
API(hipHostGetDevicePointer, cuMemHostGetDevicePointer_v2, void** out, void* host, unsigned flags) {
  (void)flags;
  *out = host;
  return 0;
}
API(hipMemGetInfo, cuMemGetInfo_v2, size_t* free_bytes, size_t* total) {
  *free_bytes = 1000, *total = 2000;
  return 0;
}
API(hipMallocAsync, cuMemAllocAsync, void** out, size_t bytes, void* stream) {
  *out = create('m', bytes);
  note("malloc_async %zu s%d -> m%d", bytes, number(stream, 's'), made);
  return 0;
}
API(hipFreeAsync, cuMemFreeAsync, void* memory, void* stream) {
  note("free_async m%d s%d", number(memory, 'm'), number(stream, 's'));
  return destroy(memory, 'm');
}
API(hipStreamCreateWithPriority, cuStreamCreateWithPriority, void** out, unsigned flags, int priority) {
  *out = create('s', 0);
  note("stream_create flags %u priority %d -> s%d", flags, priority, made);
  return 0;
}
API(hipStreamDestroy, cuStreamDestroy_v2, void* stream) {
  note("stream_destroy s%d", number(stream, 's'));
  return destroy(stream, 's');
}
API(hipStreamSynchronize, cuStreamSynchronize, void* stream) {
  note("stream_synchronize s%d", number(stream, 's'));
  return 0;
}
API(hipStreamQuery, cuStreamQuery, void* stream) {
  note("stream_query s%d", number(stream, 's'));
  return 600;  // not ready
}
API(hipStreamWaitEvent, cuStreamWaitEvent, void* stream, void* event, unsigned flags) {
  note("stream_wait s%d e%d flags %u", number(stream, 's'), number(event, 'e'), flags);
  return 0;
}
API(hipLaunchHostFunc, cuLaunchHostFunc, void* stream, void (*function)(void*), void* data) {
  note("launch_host s%d", number(stream, 's'));
  function(data);
  return 0;
}
API(hipEventCreateWithFlags, cuEventCreate, void** out, unsigned flags) {
  *out = create('e', 0);
  note("event_create flags %u -> e%d", flags, made);
  return 0;
}
API(hipEventDestroy, cuEventDestroy_v2, void* event) {
  note("event_destroy e%d", number(event, 'e'));
  return destroy(event, 'e');
}
API(hipEventRecord, cuEventRecord, void* event, void* stream) {
  note("event_record e%d s%d", number(event, 'e'), number(stream, 's'));
  return 0;
}
API(hipEventQuery, cuEventQuery, void* event) {
  note("event_query e%d", number(event, 'e'));
  return 0;
}
API(hipEventSynchronize, cuEventSynchronize, void* event) {
  note("event_synchronize e%d", number(event, 'e'));
  return 0;
}
API(hipEventElapsedTime, cuEventElapsedTime, float* ms, void* start, void* end) {
  note("event_elapsed e%d e%d", number(start, 'e'), number(end, 'e'));
  *ms = 1.5f;
  return 0;
}
API(hipDeviceSynchronize, cuCtxSynchronize, void) {
  note("synchronize");
  return 0;
}
API(hipDeviceGetStreamPriorityRange, cuCtxGetStreamPriorityRange, int* least, int* greatest) {
  *least = 1, *greatest = -3;
  return 0;
}
API(hipModuleUnload, cuModuleUnload, void* module) {
  note("module_unload M%d", number(module, 'M'));
  return destroy(module, 'M');
}
API(hipModuleGetFunction, cuModuleGetFunction, void** out, void* module, const char* name) {
  if (strcmp(name, "not_in_module") == 0) return 500;
  note("module_function M%d %s", number(module, 'M'), name);
  for (int i = 0; i < 16; ++i) {
    if (functions[i].name != NULL && strcmp(functions[i].name, name) != 0) continue;
    functions[i].name = name;
    *out = &functions[i];
    return 0;
  }
  return 500;
}
API(hipModuleGetGlobal, cuModuleGetGlobal_v2, void** out, size_t* bytes, void* module, const char* name) {
  note("module_global M%d %s", number(module, 'M'), name);
  if (strcmp(name, "__cw_device_services") == 0) {
    *out = &services, *bytes = sizeof services;
    return 0;
  }
  const int table = strcmp(name, "table") == 0;
  if (strcmp(name, "counter") != 0 && !table) return 500;
  *out = variables, *bytes = table ? 16 : 4;
  return 0;
}
API(hipFuncGetAttribute, cuFuncGetAttribute, int* value, int attribute, void* function) {
  (void)function;
  *value = attribute == 0 ? 512 : attribute == 8 ? 65536 : 0;
  return 0;
}
API(hipModuleOccupancyMaxActiveBlocksPerMultiprocessor, cuOccupancyMaxActiveBlocksPerMultiprocessor, int* blocks, void* function,
    int block_size, size_t shared) {
  (void)function;
  note("occupancy %d %zu", block_size, shared);
  *blocks = 4;
  return 0;
}

// What AMD device code does for printf("%d %s\n", 42, "gpu") and for a failed assertion, see gpu_services.h.
static void device_record(int kind) {
  cw_gpu_record* record = (cw_gpu_record*)(services->buffer + services->cursor);
  char* base = (char*)record;
  const uint64_t string = 96;
  services->cursor += 112;
  record->size = 112;
  record->format = sizeof *record;
  if (kind == CW_GPU_RECORD_PRINTF) {
    strcpy(base + record->format, "%d %s\n");
    record->arguments = 64;
    *(int*)(base + 64) = 42;
    memcpy(base + 72, &string, 8);
    strcpy(base + 96, "gpu");
  } else {
    memcpy(base + record->format, "n < 4\0k.cu\0void k()", 20);
    record->line = 7;
    record->thread[0] = 3;
    services->fault = CW_GPU_FAULT_ASSERT;
  }
  record->ready = (uint32_t)kind;
}

API(hipModuleLaunchKernel, cuLaunchKernel, void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
    unsigned bz, unsigned shared, void* stream, void** arguments, void** extra) {
  const char* name = *(const char**)function;
  note("launch %s grid %u,%u,%u block %u,%u,%u shared %u s%d", name, gx, gy, gz, bx, by, bz, shared, number(stream, 's'));
  if (extra != NULL) note("ERROR: packed arguments");
  if (strcmp(name, "add_value") == 0) **(int**)arguments[0] += *(int*)arguments[1];
  if (strcmp(name, "print_all") == 0 && services != NULL) device_record(CW_GPU_RECORD_PRINTF);
  if (strcmp(name, "failing_assert") == 0 && services != NULL) device_record(CW_GPU_RECORD_ASSERT);
  return strcmp(name, "null_write") == 0 ? 700 : 0;
}
API(hipModuleLaunchCooperativeKernel, cuLaunchCooperativeKernel, void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx,
    unsigned by, unsigned bz, unsigned shared, void* stream, void** arguments) {
  (void)arguments;
  note("launch_cooperative %s grid %u,%u,%u block %u,%u,%u shared %u s%d", *(const char**)function, gx, gy, gz, bx, by, bz, shared,
       number(stream, 's'));
  return 0;
}
// Pools, other processes, hints.
static int standard;
API(hipDeviceGetDefaultMemPool, cuDeviceGetDefaultMemPool, void** pool, int device) {
  (void)device;
  *pool = &standard;
  return 0;
}
typedef struct {
  int type, handle_types;
  struct {
    int type, id;
  } location;
  void* security;
  size_t most;
} PoolProperties;
API(hipMemPoolCreate, cuMemPoolCreate, void** pool, const PoolProperties* p) {
  *pool = create('p', 0);
  note("pool_create type %d handles %d at %d,%d most %zu -> p%d", p->type, p->handle_types, p->location.type, p->location.id,
       p->most, made);
  return 0;
}
API(hipMemPoolDestroy, cuMemPoolDestroy, void* pool) {
  note("pool_destroy p%d", number(pool, 'p'));
  return destroy(pool, 'p');
}
API(hipMemPoolTrimTo, cuMemPoolTrimTo, void* pool, size_t keep) {
  note("pool_trim p%d %zu", pool == &standard ? 0 : number(pool, 'p'), keep);
  return 0;
}
static int pool_number(const void* pool) { return pool == &standard ? 0 : number(pool, 'p'); }
API(hipMemPoolSetAttribute, cuMemPoolSetAttribute, void* pool, int attribute, uint64_t* value) {
  note("pool_set p%d %d = %d", pool_number(pool), attribute, (int)*value);
  return 0;
}
API(hipMemPoolGetAttribute, cuMemPoolGetAttribute, void* pool, int attribute, uint64_t* value) {
  note("pool_get %d", attribute);
  (void)pool;
  *value = 77;
  return 0;
}
API(hipMallocFromPoolAsync, cuMemAllocFromPoolAsync, void** out, size_t bytes, void* pool, void* stream) {
  *out = create('m', bytes);
  note("pool_allocate %zu p%d s%d -> m%d", bytes, number(pool, 'p'), number(stream, 's'), made);
  return 0;
}
typedef struct {
  int type, id, flags;
} PoolAccess;
API(hipMemPoolSetAccess, cuMemPoolSetAccess, void* pool, const PoolAccess* access, size_t count) {
  note("pool_set_access p%d x%zu at %d,%d flags %d", pool_number(pool), count, access->type, access->id, access->flags);
  return 0;
}
API(hipMemPoolGetAccess, cuMemPoolGetAccess, int* flags, void* pool, const int* location) {
  note("pool_get_access p%d at %d,%d", pool_number(pool), location[0], location[1]);
  *flags = 3;
  return 0;
}
API(hipMemPoolExportToShareableHandle, cuMemPoolExportToShareableHandle, int* handle, void* pool, int type, size_t flags) {
  note("pool_export p%d type %d flags %zu", pool_number(pool), type, flags);
  *handle = 9;
  return 0;
}
API(hipMemPoolImportFromShareableHandle, cuMemPoolImportFromShareableHandle, void** pool, void* handle, int type, size_t flags) {
  *pool = create('p', 0);
  note("pool_import %d type %d flags %zu -> p%d", (int)(size_t)handle, type, flags, made);
  return 0;
}
typedef struct {
  char bytes[64];
} Handle;
API(hipMemPoolExportPointer, cuMemPoolExportPointer, Handle* data, void* memory) {
  note("pool_export_pointer m%d", number(memory, 'm'));
  memset(data, 6, sizeof *data);
  return 0;
}
API(hipMemPoolImportPointer, cuMemPoolImportPointer, void** memory, void* pool, const Handle* data) {
  *memory = create('m', 32);
  note("pool_import_pointer p%d %d -> m%d", pool_number(pool), data->bytes[63], made);
  return 0;
}
API(hipIpcGetMemHandle, cuIpcGetMemHandle, Handle* handle, void* memory) {
  note("ipc_memory m%d", number(memory, 'm'));
  memset(handle, 7, sizeof *handle);
  return 0;
}
API(hipIpcOpenMemHandle, cuIpcOpenMemHandle_v2, void** memory, Handle handle, unsigned flags) {
  *memory = create('o', 32);
  note("ipc_open %d flags %u -> o%d", handle.bytes[63], flags, made);
  return 0;
}
API(hipIpcCloseMemHandle, cuIpcCloseMemHandle, void* memory) {
  note("ipc_close o%d", number(memory, 'o'));
  return destroy(memory, 'o');
}
API(hipMemGetAddressRange, cuMemGetAddressRange_v2, void** base, size_t* bytes, void* memory) {
  *base = memory, *bytes = 32;
  return 0;
}
API(hipIpcGetEventHandle, cuIpcGetEventHandle, Handle* handle, void* event) {
  note("ipc_event e%d", number(event, 'e'));
  memset(handle, 8, sizeof *handle);
  return 0;
}
API(hipIpcOpenEventHandle, cuIpcOpenEventHandle, void** event, Handle handle) {
  *event = create('e', 0);
  note("ipc_open_event %d -> e%d", handle.bytes[63], made);
  return 0;
}
API(hipMemAdvise, cuMemAdvise, void* memory, size_t bytes, int advice, int device) {
  note("advise m%d %zu advice %d device %d", number(memory, 'm'), bytes, advice, device);
  return 0;
}
API(hipMemPrefetchAsync, cuMemPrefetchAsync, void* memory, size_t bytes, int device, void* stream) {
  note("prefetch m%d %zu device %d s%d", number(memory, 'm'), bytes, device, number(stream, 's'));
  return 0;
}
API(hipDeviceCanAccessPeer, cuDeviceCanAccessPeer, int* can, int device, int peer) {
  *can = device != peer;
  return 0;
}
API(hipDeviceGetP2PAttribute, cuDeviceGetP2PAttribute, int* value, int attribute, int device, int peer) {
  note("peer_attribute %d device %d peer %d", attribute, device, peer);
  *value = 1;
  return 0;
}
static size_t limits[3] = {1024, 1 << 20, 8 << 20};
API(hipDeviceGetLimit, cuCtxGetLimit, size_t* value, int limit) {
  note("limit %d", limit);
  if (limit < 0 || limit > 2) return NAME(801, 215);
  *value = limits[limit];
  return 0;
}
API(hipDeviceSetLimit, cuCtxSetLimit, int limit, size_t value) {
  note("set_limit %d %zu", limit, value);
  if (limit < 0 || limit > 2) return NAME(801, 215);
  limits[limit] = value;
  return 0;
}

#ifdef HIP
API(hipSetDevice, , int device) { return device > 1 ? 101 : 0; }
API(hipGetDevicePropertiesR0600, , char* properties, int device) {
  (void)device;
  strcpy(properties, "Fake Radeon");
  *(int*)(properties + 308) = 64;    // warpSize
  *(int*)(properties + 320) = 1024;  // maxThreadsPerBlock
  for (int i = 0; i < 3; ++i) *(int*)(properties + 324 + 4 * i) = 1024, *(int*)(properties + 336 + 4 * i) = 65535;
  *(int*)(properties + 388) = 10;  // multiProcessorCount
  strcpy(properties + 1160, "gfx90a:sramecc+:xnack-");
  return 0;
}
API(hipModuleLoadData, , void** out, const void* image) {
  *out = create('M', 0);
  note("module_load %.8s -> M%d", (const char*)image, made);
  return 0;
}
API(hipMemcpyAsync, , void* dst, const void* src, size_t bytes, int kind, void* stream) {
  note("copy %zu kind %d s%d", bytes, kind, number(stream, 's'));
  memcpy(dst, src, bytes);
  return 0;
}
API(hipMemcpy2DAsync, , char* dst, size_t dst_pitch, const char* src, size_t src_pitch, size_t width, size_t height, int kind,
    void* stream) {
  note("copy_2d %zux%zu pitch %zu %zu s%d", width, height, dst_pitch, src_pitch, number(stream, 's'));
  (void)kind;
  for (size_t y = 0; y < height; ++y) memcpy(dst + y * dst_pitch, src + y * src_pitch, width);
  return 0;
}
API(hipMemsetAsync, , void* dst, int value, size_t count, void* stream) {
  note("fill %d x%zu s%d", value, count, number(stream, 's'));
  memset(dst, value, count);
  return 0;
}
API(hipMemset2DAsync, , void* dst, size_t pitch, int value, size_t width, size_t height, void* stream) {
  (void)dst, (void)pitch;
  note("fill_2d %d %zux%zu s%d", value, width, height, number(stream, 's'));
  return 0;
}
API(hipMemsetD16Async, , void* dst, unsigned short value, size_t count, void* stream) {
  (void)dst, (void)value, (void)count, (void)stream;
  return 801;
}
API(hipMemsetD32Async, , void* dst, int value, size_t count, void* stream) {
  (void)dst, (void)value, (void)count, (void)stream;
  return 801;
}
API(hipDeviceReset, , void) {
  note("reset");
  return 0;
}
API(hipDeviceEnablePeerAccess, , int peer, unsigned flags) {
  note("enable_peer %d flags %u", peer, flags);
  return 0;
}
API(hipDeviceDisablePeerAccess, , int peer) {
  note("disable_peer %d", peer);
  return 0;
}
#else
static char contexts[2];  // their addresses are the handles
static int current;
API(, cuInit, unsigned flags) { return (int)flags; }
API(, cuDeviceGet, int* out, int ordinal) {
  *out = ordinal;
  return 0;
}
API(, cuDeviceGetName, char* name, int length, int device) {
  snprintf(name, (size_t)length, "Fake GeForce %d", device);
  return 0;
}
API(, cuDeviceGetAttribute, int* value, int attribute, int device) {
  (void)device;
  *value = attribute == 75 ? 8 : attribute == 76 ? 6 : attribute == 10 ? 32 : 1024;  // capability 8.6, warp size
  return 0;
}
API(, cuDeviceTotalMem_v2, size_t* bytes, int device) {
  (void)device;
  *bytes = 1 << 30;
  return 0;
}
API(, cuDeviceGetUuid, void* uuid, int device) {
  memset(uuid, device, 16);
  return 0;
}
API(, cuDevicePrimaryCtxRetain, void** out, int device) {
  note("context_retain %d", device);
  *out = &contexts[device];
  return 0;
}
API(, cuDevicePrimaryCtxReset_v2, int device) {
  (void)device;
  note("reset");
  return 0;
}
API(, cuCtxSetCurrent, void* context) {
  current = context == &contexts[0] || context == &contexts[1];
  return current ? 0 : 201;
}
API(, cuModuleLoadDataEx, void** out, const char* image, unsigned count, const int* options, void** values) {
  if (!current) note("ERROR: no current context");
  if (strstr(image, "broken") != NULL) {
    if (count == 2 && options[0] == 5) snprintf(values[0], (size_t)values[1], "line 1: syntax error");
    return 218;
  }
  *out = create('M', 0);
  note("module_load %.8s -> M%d", image, made);
  return 0;
}
API(, cuMemcpyAsync, void* dst, const void* src, size_t bytes, void* stream) {
  note("copy %zu s%d", bytes, number(stream, 's'));
  memcpy(dst, src, bytes);
  return 0;
}
typedef struct {
  size_t src_x, src_y;
  int src_type;
  const void *src_host, *src_device, *src_array;
  size_t src_pitch, dst_x, dst_y;
  int dst_type;
  void *dst_host, *dst_device, *dst_array;
  size_t dst_pitch, width, height;
} Copy2D;
API(, cuMemcpy2DAsync_v2, const Copy2D* c, void* stream) {
  note("copy_2d %zux%zu pitch %zu %zu s%d", c->width, c->height, c->dst_pitch, c->src_pitch, number(stream, 's'));
  if (c->src_type != 4 || c->dst_type != 4) note("ERROR: memory type");
  for (size_t y = 0; y < c->height; ++y) {
    memcpy((char*)c->dst_device + y * c->dst_pitch, (const char*)c->src_device + y * c->src_pitch, c->width);
  }
  return 0;
}
API(, cuMemsetD8Async, void* dst, unsigned char value, size_t count, void* stream) {
  note("fill %d x%zu s%d", value, count, number(stream, 's'));
  memset(dst, value, count);
  return 0;
}
API(, cuMemsetD16Async, void* dst, unsigned short value, size_t count, void* stream) {
  (void)dst, (void)value, (void)count, (void)stream;
  return 801;
}
API(, cuMemsetD32Async, void* dst, unsigned value, size_t count, void* stream) {
  (void)dst, (void)value, (void)count, (void)stream;
  return 801;
}
API(, cuMemsetD2D8Async, void* dst, size_t pitch, unsigned char value, size_t width, size_t height, void* stream) {
  (void)dst, (void)pitch;
  note("fill_2d %d %zux%zu s%d", value, width, height, number(stream, 's'));
  return 0;
}
API(, cuFuncSetAttribute, void* function, int attribute, int value) {
  (void)function;
  note("function_attribute %d = %d", attribute, value);
  return 0;
}
API(, cuCtxEnablePeerAccess, char* context, unsigned flags) {
  note("enable_peer %d flags %u", (int)(context - contexts), flags);
  return 0;
}
API(, cuCtxDisablePeerAccess, char* context) {
  note("disable_peer %d", (int)(context - contexts));
  return 0;
}
#endif
