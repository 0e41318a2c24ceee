// Reads the compiler's cache (driver/cache.py) without starting the compiler.
#pragma once

#include "compiler/blake2b.hpp"
#include "compiler/folder.hpp"

namespace cw::compiler {

// `cache_key` of driver/cache.py, part by part.
class Key {
 public:
  Key();
  void add(const Bytes& part);
  void add(const char* part) { add(bytes_of(part)); }
  // Hexadecimal, once all parts are there.
  void finish(char out[2 * kDigestBytes + 1]);

 private:
  Blake2b state_;
};

// False where CROSSWARP_CACHE or CUDA_CACHE_DISABLE says so.
bool cache_enabled();

// The entry under a key; false where there is none, or a damaged one.
bool read_cached(const char* key, Bytes* payload);

// Which compiler an installation is: the files it consists of with size and time of last change, as the compiler lists them once it
// has run (driver/identity.py). It is kept in the cache folder; false until then, or when one of the files has changed.
bool known_compiler(const char* command, Bytes* listing);
void keep_compiler(const char* command, const Bytes& listing);

}  // namespace cw::compiler
