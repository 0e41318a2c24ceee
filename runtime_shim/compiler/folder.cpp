#include "compiler/folder.hpp"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cw::compiler {
namespace {

// The folders of `path` that end at `from` or behind it.
void make_folders(char* path, char* from) {
  for (char* slash = strchr(from, '/'); slash != nullptr; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
  }
}

bool write_file(const char* path, const Bytes& bytes) {
  FILE* file = fopen(path, "wbe");
  if (file == nullptr) return false;
  const bool written = fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return fclose(file) == 0 && written;
}

void remove_folder(const char* folder) {
  DIR* listing = opendir(folder);
  if (listing == nullptr) return;
  while (const dirent* entry = readdir(listing)) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    char path[kPath];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (unlink(path) != 0) remove_folder(path);
  }
  closedir(listing);
  rmdir(folder);
}

}  // namespace

bool read_file(const char* path, Bytes* out) {
  FILE* file = fopen(path, "rbe");
  if (file == nullptr) return false;
  char buffer[16384];
  out->clear();
  for (size_t count; (count = fread(buffer, 1, sizeof buffer, file)) > 0;) append(out, buffer, count);
  const bool whole = ferror(file) == 0;
  fclose(file);
  return whole;
}

bool replace_file(const char* path, const Bytes& bytes) {
  char temporary[kPath];
  if (snprintf(temporary, sizeof temporary, "%s.%d.tmp", path, getpid()) >= static_cast<int>(sizeof temporary)) return false;
  make_folders(temporary, temporary + 1);
  if (write_file(temporary, bytes) && rename(temporary, path) == 0) return true;
  unlink(temporary);
  return false;
}

Folder::Folder() {
  const char* base = getenv("TMPDIR");
  snprintf(path_, sizeof path_, "%s/crosswarp-compile-XXXXXX", base != nullptr && *base != '\0' ? base : "/tmp");
  if (mkdtemp(path_) == nullptr) path_[0] = '\0';
}

Folder::~Folder() {
  if (exists()) remove_folder(path_);
}

bool Folder::write(const char* name, const Bytes& bytes) const {
  char path[kPath];
  if (snprintf(path, sizeof path, "%s/%s", path_, name) >= static_cast<int>(sizeof path)) return false;
  make_folders(path, path + strlen(path_) + 1);
  return write_file(path, bytes);
}

bool Folder::read(const char* name, Bytes* out) const {
  char path[kPath];
  snprintf(path, sizeof path, "%s/%s", path_, name);
  return read_file(path, out);
}

}  // namespace cw::compiler
