#include "devices/cpu/shared_event.hpp"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/sync.hpp"

namespace cw::cpu {
namespace {

constexpr char kMagic[8] = {'c', 'w', '-', 'e', 'v', 'n', 't', '1'};
constexpr uint64_t kSpin = 50000;  // ns
constexpr useconds_t kPause = 20;  // microseconds: nothing wakes a waiter of another process

}  // namespace

SharedRecord* SharedRecord::create() { return map(create_file(whole_pages(sizeof(Page)))); }

SharedRecord* SharedRecord::open(const cudaIpcEventHandle_t& handle) {
  FileTicket ticket;
  memcpy(&ticket, &handle, sizeof ticket);
  return map(open_file(ticket, kMagic));
}

// The pages of a new file are zero: nothing recorded, nothing reached.
SharedRecord* SharedRecord::map(int file) {
  void* page = file >= 0 ? map_file(file, 0, whole_pages(sizeof(Page))) : nullptr;
  if (page != nullptr) return new SharedRecord(file, static_cast<Page*>(page));
  if (file >= 0) close(file);
  return nullptr;
}

SharedRecord::~SharedRecord() {
  munmap(page_, whole_pages(sizeof(Page)));
  close(file_);
}

void SharedRecord::write_handle(cudaIpcEventHandle_t* out) const {
  const FileTicket ticket = ticket_for(file_, kMagic, 0, sizeof(Page));
  static_assert(sizeof ticket <= sizeof *out);
  memset(out, 0, sizeof *out);
  memcpy(out, &ticket, sizeof ticket);
}

void SharedRecord::reach(uint64_t number) {
  uint64_t before = page_->reached.load();
  while (before < number && !page_->reached.compare_exchange_weak(before, number)) {
  }
}

void SharedRecord::wait(uint64_t number) const {
  if (spin_until([&] { return reached(number); }, kSpin)) return;
  while (!reached(number)) usleep(kPause);
}

}  // namespace cw::cpu
