#include "emulator/machine/record.hpp"

#include <string.h>

namespace cw::amd {
namespace {

constinit Record* first = nullptr;  // records announce themselves while the library loads

Record* named(const char* name) {
  for (Record* record = first; record != nullptr; record = record->next) {
    if (strcmp(record->name, name) == 0) return record;
  }
  return nullptr;
}

void add(Record* record) {
  record->next = first;
  first = record;
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
