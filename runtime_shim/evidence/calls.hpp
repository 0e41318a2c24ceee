// The calls of a program, seen at the entry points of each library.
#pragma once

namespace cw::evidence {

// Sends the entry points of this library through stubs that write down what they answer, where CROSSWARP_EVIDENCE asks for it.
void watch_entries();

// How many calls of our libraries the thread is in: what an entry calls of another library is not counted. Each library says where
// that number lies.
int* open_calls();

}  // namespace cw::evidence
