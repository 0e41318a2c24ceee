// The one function of the C++ runtime library that classes with pure virtual members refer to. Weak: a program's own is used.
#include <cstdlib>

extern "C" [[gnu::weak, gnu::visibility("hidden")]] void __cxa_pure_virtual();
extern "C" [[gnu::weak, gnu::visibility("hidden")]] void __cxa_pure_virtual() { std::abort(); }
