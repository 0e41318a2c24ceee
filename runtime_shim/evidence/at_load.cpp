// For libraries that have nothing else to do with their table of entries; after log.cpp's constructor.
#include "evidence/calls.hpp"

namespace {

[[gnu::constructor(50)]] void at_load() { cw::evidence::watch_entries(); }

}  // namespace
