// Events that several processes use: what was recorded and what was reached, in a page they all map.
#pragma once

#include <driver_types.h>

#include <atomic>

#include "core/ref.hpp"
#include "devices/cpu/shared_file.hpp"

namespace cw::cpu {

class SharedRecord final : public Counted {
 public:
  // A new page, or null.
  static SharedRecord* create();
  // The page behind another process's handle; null when it is gone.
  static SharedRecord* open(const cudaIpcEventHandle_t& handle);
  ~SharedRecord() override;
  void write_handle(cudaIpcEventHandle_t* out) const;

  // A record of the event begins: its number.
  uint64_t begin() { return page_->recorded.fetch_add(1) + 1; }
  // A stream got to record `number`.
  void reach(uint64_t number);
  uint64_t recorded() const { return page_->recorded.load(); }
  bool reached(uint64_t number) const { return page_->reached.load() >= number; }
  void wait(uint64_t number) const;

 private:
  struct Page {
    std::atomic<uint64_t> recorded;
    std::atomic<uint64_t> reached;
  };
  SharedRecord(int file, Page* page) : file_(file), page_(page) {}
  static SharedRecord* map(int file);

  const int file_;
  Page* const page_;
};

}  // namespace cw::cpu
