// A member of a template that launches a kernel which exists nowhere: nobody calls it.
#include "show.h"

template <typename T>
struct Grid {
  int blocks = 1;
  void never_used(T* to) { no_such_kernel<<<blocks, 1>>>(to, blocks); }
};

__global__ void kernel(Grid<int> grid) { out[0] = grid.blocks; }

int main() {
  kernel<<<1, 1>>>(Grid<int>{7});
  show(1);
}
