#include "emulator/machine/record.hpp"

#include <string.h>

namespace cw::amd {
namespace {

// Records announce themselves while the library loads. By name too: the first use of an architecture looks up all its opcodes.
constinit Record* first = nullptr;
constexpr size_t kBuckets = 4096;
constinit Record* buckets[kBuckets] = {};

// FNV-1a.
Record*& bucket_of(const char* name) {
  u32 hash = 0x811c9dc5;
  for (; *name != '\0'; ++name) hash = (hash ^ static_cast<u8>(*name)) * 0x01000193;
  return buckets[hash % kBuckets];
}

Record* named(const char* name) {
  for (Record* record = bucket_of(name); record != nullptr; record = record->next_in_bucket) {
    if (strcmp(record->name, name) == 0) return record;
  }
  return nullptr;
}

void add(Record* record) {
  record->next = first;
  first = record;
  Record*& bucket = bucket_of(record->name);
  record->next_in_bucket = bucket;
  bucket = record;
}

}  // namespace

Announce::Announce(const Record& what) : record(what) { add(&record); }

Announce::Announce(const char* name, const char* alias_of) : record{} {
  record.name = name;
  record.alias_of = alias_of;
  add(&record);
}

const Record* find_record(const char* name) {
  Record* record = named(name);
  return record != nullptr && record->alias_of != nullptr ? find_record(record->alias_of) : record;
}

const Record* all_records() { return first; }

}  // namespace cw::amd
