#include "devices/cpu/shared_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cw::cpu {

int create_file(size_t bytes) {
  constexpr unsigned kCloseOnExec = 1;
  const int file = static_cast<int>(syscall(SYS_memfd_create, "crosswarp-memory", kCloseOnExec));
  if (file < 0 || ftruncate(file, static_cast<off_t>(bytes)) == 0) return file;
  close(file);
  return -1;
}

FileTicket ticket_for(int file, const char magic[8], size_t offset, size_t bytes) {
  FileTicket ticket = {};
  struct stat facts = {};
  fstat(file, &facts);
  memcpy(ticket.magic, magic, sizeof ticket.magic);
  ticket.process = getpid();
  ticket.file = file;
  ticket.node = facts.st_ino;
  ticket.offset = offset;
  ticket.bytes = bytes;
  return ticket;
}

bool is_file(int file, uint64_t node) {
  struct stat facts = {};
  return fstat(file, &facts) == 0 && facts.st_ino == node;
}

int open_file(const FileTicket& ticket, const char magic[8]) {
  if (memcmp(ticket.magic, magic, sizeof ticket.magic) != 0) return -1;
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/fd/%d", ticket.process, ticket.file);
  const int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0 || is_file(file, ticket.node)) return file;
  close(file);
  return -1;
}

void* map_file(int file, size_t offset, size_t bytes, void* where) {
  const int flags = MAP_SHARED | (where != nullptr ? MAP_FIXED : 0);
  void* memory = mmap(where, bytes, PROT_READ | PROT_WRITE, flags, file, static_cast<off_t>(offset));
  return memory != MAP_FAILED ? memory : nullptr;
}

size_t whole_pages(size_t bytes) {
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

}  // namespace cw::cpu
