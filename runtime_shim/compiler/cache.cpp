#include "compiler/cache.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

namespace cw::compiler {
namespace {

constexpr char kFormat[] = "crosswarp-object-cache-2";  // driver/cache.py

// support/paths.py: cache_dir().
void cache_folder(char out[kPath]) {
  const char* configured = getenv("CROSSWARP_CACHE_DIR");
  const char* base = getenv("XDG_CACHE_HOME");
  const char* home = getenv("HOME");
  if (configured != nullptr && *configured != '\0') {
    snprintf(out, kPath, "%s", configured);
  } else if (base != nullptr && *base != '\0') {
    snprintf(out, kPath, "%s/crosswarp", base);
  } else {
    snprintf(out, kPath, "%s/.cache/crosswarp", home != nullptr ? home : "");
  }
}

void digest(const void* data, size_t bytes, uint8_t out[kDigestBytes]) {
  Blake2b state;
  state.add(data, bytes);
  state.finish(out);
}

void to_hex(const uint8_t bytes[kDigestBytes], char out[2 * kDigestBytes + 1]) {
  for (size_t i = 0; i < kDigestBytes; ++i) snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

void listing_path(const char* command, char out[kPath]) {
  uint8_t bytes[kDigestBytes];
  char folder[kPath], name[2 * kDigestBytes + 1];
  digest(command, strlen(command), bytes);
  to_hex(bytes, name);
  cache_folder(folder);
  snprintf(out, kPath, "%s/compilers/%s", folder, name);
}

// A line is `SIZE NANOSECONDS PATH`.
bool is_unchanged(char* line) {
  char* end = nullptr;
  const long long size = strtoll(line, &end, 10);
  const long long time = strtoll(end, &end, 10);
  struct stat now;
  if (*end != ' ' || stat(end + 1, &now) != 0) return false;
  return now.st_size == size && now.st_mtim.tv_sec * 1000000000ll + now.st_mtim.tv_nsec == time;
}

}  // namespace

Key::Key() { state_.add(kFormat, strlen(kFormat)); }

void Key::add(const Bytes& part) {
  const uint64_t size = part.size();
  state_.add(&size, sizeof size);
  state_.add(part.data(), part.size());
}

void Key::finish(char out[2 * kDigestBytes + 1]) {
  uint8_t bytes[kDigestBytes];
  state_.finish(bytes);
  to_hex(bytes, out);
}

bool cache_enabled() {
  const char* word = getenv("CROSSWARP_CACHE");
  for (const char* off : {"off", "0", "no", "false"}) {
    if (word != nullptr && strcasecmp(word, off) == 0) return false;
  }
  const char* disabled = getenv("CUDA_CACHE_DISABLE");
  return disabled == nullptr || atoi(disabled) == 0;
}

bool read_cached(const char* key, Bytes* payload) {
  char folder[kPath], path[kPath];
  cache_folder(folder);
  if (snprintf(path, sizeof path, "%s/objects/%.2s/%s", folder, key, key + 2) >= static_cast<int>(sizeof path)) return false;
  Bytes stored;
  if (!read_file(path, &stored) || stored.size() < kDigestBytes) return false;
  uint8_t check[kDigestBytes];
  digest(stored.data() + kDigestBytes, stored.size() - kDigestBytes, check);
  if (memcmp(stored.data(), check, kDigestBytes) != 0) return false;
  utimensat(AT_FDCWD, path, nullptr, 0);  // used now: the oldest entries go first
  payload->clear();
  append(payload, stored.data() + kDigestBytes, stored.size() - kDigestBytes);
  return true;
}

bool known_compiler(const char* command, Bytes* listing) {
  char path[kPath];
  listing_path(command, path);
  if (!read_file(path, listing)) return false;
  Bytes text;
  append(&text, listing->data(), listing->size());
  text.push('\0');
  for (char* line = text.data(); *line != '\0';) {
    char* end = strchr(line, '\n');
    if (end == nullptr) return false;  // cut off
    *end = '\0';
    if (!is_unchanged(line)) return false;
    line = end + 1;
  }
  return !listing->empty();
}

void keep_compiler(const char* command, const Bytes& listing) {
  char path[kPath];
  listing_path(command, path);
  replace_file(path, listing);
}

}  // namespace cw::compiler
