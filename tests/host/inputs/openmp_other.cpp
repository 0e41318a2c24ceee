// The host compiler's side of a critical section.
extern long shared_count;

void count_elsewhere(int times) {
  for (int i = 0; i < times; ++i) {
#pragma omp critical(both_sides)
    shared_count = shared_count + 1;
  }
}
