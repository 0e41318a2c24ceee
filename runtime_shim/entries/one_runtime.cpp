// One runtime in a process: a library with the static runtime in it, loaded beside another or beside libcudart.so, uses the first
// one's, so that streams and memory of one are known in the other, as they are with NVIDIA's, whose libraries share the driver's
// context.
//
// Every entry point jumps through a table (entry_points.py); the ones that come later put the first one's addresses in theirs. They
// find each other by a note in each file that holds a runtime: symbols can be hidden, the list of loaded files cannot.

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <pthread.h>

#include <cstdint>
#include <cstring>

#include "core/runtime.hpp"
#include "evidence/calls.hpp"

namespace {

struct Table {
  unsigned char identity[32];  // of the list of entry points
  uint32_t state;              // of this one's own runtime
  uint32_t count;
  const void* entries[];
};

enum State : uint32_t { kUnused, kChosen, kStarted };

// What the note holds.
struct [[gnu::packed]] Content {
  int64_t to_table;  // from here
  uint32_t reserved;
};

constexpr char kName[] = "Crosswarp";

extern "C" [[gnu::visibility("hidden")]] Table __cw_entry_table;
extern "C" [[gnu::visibility("hidden")]] const unsigned char __cw_entry_needs_device[];

Table* table_of(const char* note, size_t bytes) {
  while (bytes >= sizeof(ElfW(Nhdr))) {
    const auto* header = reinterpret_cast<const ElfW(Nhdr)*>(note);
    const char* name = note + sizeof *header;
    const char* content = name + (header->n_namesz + 3) / 4 * 4;
    if (header->n_namesz == sizeof kName && header->n_descsz == sizeof(Content) && std::memcmp(name, kName, sizeof kName) == 0) {
      Content found;
      std::memcpy(&found, content, sizeof found);
      return reinterpret_cast<Table*>(const_cast<char*>(content) + found.to_table);
    }
    const size_t size = static_cast<size_t>(content - note) + (header->n_descsz + 3) / 4 * 4;
    if (size > bytes) return nullptr;
    note += size;
    bytes -= size;
  }
  return nullptr;
}

// The table of another runtime that is in use.
int find_other(dl_phdr_info* file, size_t, void* result) {
  for (int i = 0; i < file->dlpi_phnum; ++i) {
    const ElfW(Phdr) & part = file->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    Table* table = table_of(reinterpret_cast<const char*>(file->dlpi_addr + part.p_vaddr), part.p_memsz);
    const bool usable = table != nullptr && table != &__cw_entry_table && table->state != kUnused;
    if (usable && std::memcmp(table->identity, __cw_entry_table.identity, sizeof table->identity) == 0) {
      *static_cast<Table**>(result) = table;
      return 1;
    }
  }
  return 0;
}

// Threads, signal handlers and other libraries keep the addresses of what lies in this file: it is never unloaded.
void keep_loaded(const void* inside) {
  Dl_info file;
  if (dladdr(inside, &file) != 0) dlopen(file.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
}

Table* used = nullptr;  // that of the runtime in use: this file's or another's

cudaError_t after_fork() { return cudaErrorInitializationError; }

// A child of a process that has used a device has none of its threads: CUDA gives it an error for everything.
void in_child() {
  if (used->state != kStarted) return;
  for (uint32_t i = 0; i < __cw_entry_table.count; ++i) {
    if (__cw_entry_needs_device[i] != 0) __cw_entry_table.entries[i] = reinterpret_cast<const void*>(after_fork);
  }
}

// Before any object of the file registers its kernels.
[[gnu::constructor(50)]] void choose() {
  used = &__cw_entry_table;
  dl_iterate_phdr(find_other, &used);
  if (used == &__cw_entry_table) {
    used->state = kChosen;
    cw::evidence::watch_entries();
    cw::on_start([] {
      used->state = kStarted;
      keep_loaded(used);
    });
  } else {
    keep_loaded(used);
    std::memcpy(__cw_entry_table.entries, used->entries, sizeof(void*) * used->count);
  }
  pthread_atfork(nullptr, nullptr, in_child);
}

}  // namespace
