#include <cstdio>

int answer();

#ifdef TEXT
static_assert(sizeof TEXT == 5, "a definition with a comma, a space and quotes");
#endif

int main() { std::printf("%d\n", answer()); }
