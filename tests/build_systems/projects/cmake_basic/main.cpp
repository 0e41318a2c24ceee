#include <cstdio>

int doubled(int x);
int plus_two(int x);

int main() { std::printf("%d\n", plus_two(doubled(20))); }
