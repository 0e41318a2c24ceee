// GCC's omp.h is found where the host compiler would find it, without -fopenmp.
#include <omp.h>

#include <cstdio>

__global__ void nothing() {}

int main() {
  omp_lock_t* unused = nullptr;
  nothing<<<1, 1>>>();
  printf("%d\n", unused == nullptr);
}
