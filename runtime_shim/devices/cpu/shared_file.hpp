// Memory files: how two processes get at the same memory. A file has no name; another process opens it through the owner's
// descriptor in /proc, which works as long as the owner lives and both belong to the same user.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cw::cpu {

// What a process hands to another one (it fits the 64 bytes of CUDA's handles).
struct FileTicket {
  char magic[8];
  int32_t process;
  int32_t file;   // descriptor in that process
  uint64_t node;  // tells a descriptor that has been given to another file since
  uint64_t offset;
  uint64_t bytes;
};

// A new memory file, or -1.
int create_file(size_t bytes);
FileTicket ticket_for(int file, const char magic[8], size_t offset, size_t bytes);
// The descriptor of the ticket's file in this process; -1 when the owner is gone, closed it, or the ticket is none of `magic`.
int open_file(const FileTicket& ticket, const char magic[8]);
bool is_file(int file, uint64_t node);
// Maps a part of a file; at `where`, replacing what is there, unless null. Null when it fails.
void* map_file(int file, size_t offset, size_t bytes, void* where = nullptr);

size_t whole_pages(size_t bytes);

}  // namespace cw::cpu
