// The runtime's number: its entries that this library calls are not the program's calls.
#include "driver_api/entry.hpp"
#include "evidence/calls.hpp"

namespace cw::evidence {

int* open_calls() { return driver::internal().open_calls(); }

}  // namespace cw::evidence
