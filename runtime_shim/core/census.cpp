#include "core/census.hpp"

#include "core/graph_exec.hpp"
#include "core/runtime.hpp"

extern "C" [[gnu::visibility("default")]] void __cw_census(cw::Census* out) {
  cw::Runtime& runtime = cw::runtime();
  *out = cw::Census{runtime.memory().allocations(), runtime.streams().size(), runtime.events().size(), runtime.graphs().size(),
                    cw::GraphExec::count(),         runtime.arrays().size(),  runtime.pools().size()};
}
