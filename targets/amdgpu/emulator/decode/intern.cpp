#include "emulator/decode/intern.hpp"

#include <string.h>

#include "core/sync.hpp"
#include "core/vector.hpp"

namespace cw::amd {

const char* intern(const char* text) {
  static constinit Mutex mutex;
  static Vector<char*>* known = nullptr;  // few: messages of faults, names of dual instructions
  Lock lock(mutex);
  if (known == nullptr) known = new (must_allocate(sizeof *known)) Vector<char*>;
  for (const char* one : *known) {
    if (strcmp(one, text) == 0) return one;
  }
  return known->push(strdup(text));
}

}  // namespace cw::amd
