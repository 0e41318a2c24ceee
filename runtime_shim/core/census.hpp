// How many objects of a program are alive: for tests that look for leaks.
#pragma once

#include <cstddef>

namespace cw {

struct Census {
  size_t allocations;
  size_t streams;
  size_t events;
  size_t graphs;
  size_t graph_execs;
  size_t arrays;
  size_t pools;  // without the devices' own
};

}  // namespace cw

extern "C" void __cw_census(cw::Census* out);
