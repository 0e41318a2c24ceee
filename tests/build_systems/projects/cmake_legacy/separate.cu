#include <cstdio>

#include "kernel.cu"  // with the host code of the library

int main() { std::printf("%d\n", answer()); }
