// OpenMP in host code: each line printed does not depend on the number of threads or on the compiler, if the constructs are right.
#include <omp.h>
#include <stdio.h>

#include <complex>
#include <string>
#include <vector>

static int threads_seen = 0;
static int own = 5;
#pragma omp threadprivate(own)

template <typename T>
static void show(const char* name, T value) {
  printf("%s %lld\n", name, static_cast<long long>(value));
}

static long long weigh(const std::vector<int>& hits) {
  long long sum = 0;
  for (size_t i = 0; i < hits.size(); ++i) sum += hits[i] * static_cast<long long>(i + 1);
  return sum;
}

static void loops() {
  std::vector<int> hits(1000, 0);
#pragma omp parallel for
  for (int i = 0; i < 1000; ++i) hits[i]++;
#pragma omp parallel for schedule(static, 7)
  for (unsigned i = 0; i < 1000u; ++i) hits[i]++;
#pragma omp parallel for schedule(dynamic, 3)
  for (long i = 999; i >= 0; i -= 1) hits[i]++;
#pragma omp parallel for schedule(guided)
  for (size_t i = 0; i < 1000; ++i) hits[i]++;
#pragma omp parallel for schedule(runtime)
  for (unsigned long i = 0; i < 1000; i += 3) hits[i]++;
#pragma omp parallel for schedule(auto) collapse(2)
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j < 100; ++j) hits[i * 100 + j]++;
#pragma omp parallel for simd schedule(simd : static, 4)
  for (int i = 0; i < 1000; ++i) hits[i]++;
#pragma omp parallel for schedule(nonmonotonic : dynamic)
  for (int i = 5; i < 5; ++i) hits[i] = -1;
  show("loops", weigh(hits));

  int last = -1, first = 3;
#pragma omp parallel for lastprivate(last) firstprivate(first) schedule(dynamic)
  for (int i = 0; i < 37; ++i) last = i + first;
  show("lastprivate dynamic", last);
#pragma omp parallel for lastprivate(last) schedule(static, 2)
  for (int i = 0; i < 37; ++i) last = i;
  show("lastprivate static", last);

  std::string text;
#pragma omp parallel for ordered schedule(dynamic)
  for (int i = 0; i < 20; ++i) {
#pragma omp ordered
    text += static_cast<char>('a' + i);
  }
#pragma omp parallel for ordered schedule(static, 3)
  for (int i = 0; i < 20; ++i) {
#pragma omp ordered
    text += static_cast<char>('A' + i);
  }
#pragma omp parallel for ordered
  for (int i = 5; i > 0; --i) {
#pragma omp ordered
    text += static_cast<char>('0' + i);
  }
  printf("ordered %s\n", text.c_str());

  int wave[20][20];
  for (auto& row : wave)
    for (int& cell : row) cell = 1;
#pragma omp parallel for ordered(2) schedule(dynamic)
  for (int i = 1; i < 20; ++i) {
    for (int j = 1; j < 20; ++j) {
#pragma omp ordered depend(sink : i - 1, j) depend(sink : i, j - 1)
      wave[i][j] = (wave[i - 1][j] + wave[i][j - 1]) % 1000;
#pragma omp ordered depend(source)
    }
  }
  show("doacross", wave[19][19]);
}

struct Pair {
  int a = 0, b = 0;
};
#pragma omp declare reduction(join:Pair : omp_out.a += omp_in.a, omp_out.b += omp_in.b)

static void reductions() {
  long sum = 0;
  int product = 1, bits_and = ~0, bits_or = 0, bits_xor = 0, lowest = 99, highest = -99;
  bool all = true, any = false;
  double real = 0;
  std::complex<double> z = 0;
  Pair pair;
  int array[4] = {0, 0, 0, 0};
#pragma omp parallel for reduction(+ : sum, real, array) reduction(* : product) reduction(& : bits_and) reduction(| : bits_or) \
    reduction(^ : bits_xor) reduction(min : lowest) reduction(max : highest) reduction(&& : all) reduction(|| : any)           \
    reduction(join : pair)
  for (int i = 1; i <= 200; ++i) {
    sum += i;
    real += i * 0.5;
    array[i % 4] += i;
    if (i < 6) product *= i;
    bits_and &= i | 0x700;
    bits_or |= i;
    bits_xor ^= i * 7;
    lowest = i - 50 < lowest ? i - 50 : lowest;
    highest = i > highest ? i : highest;
    all = all && i > 0;
    any = any || i == 77;
    pair.a += 1;
    pair.b += i;
  }
  printf("reductions %ld %d %d %d %d %d %d %d %d %g %d %d %d %d\n", sum, product, bits_and, bits_or, bits_xor, lowest, highest, all,
         any, real, pair.a, pair.b, array[0], array[3]);
#pragma omp parallel reduction(+ : sum)
  {
#pragma omp for reduction(+ : real) nowait
    for (int i = 0; i < 10; ++i) real += 1;
#pragma omp single
    sum += 1;
  }
  printf("reductions %ld %g\n", sum, real);
#pragma omp parallel for
  for (int i = 0; i < 100; ++i) {
    const std::complex<double> step(1, i);
#pragma omp critical
    z += step;
  }
  printf("complex %g %g\n", z.real(), z.imag());
}

static void constructs() {
  int singles = 0, masters = 0, named = 0, unnamed = 0, atomics = 0, captured = 0, sections = 0;
  int copies = 0;
  bool equal = true;
  double atomic_double = 0;
#pragma omp parallel num_threads(4)
  {
    for (int round = 0; round < 50; ++round) {
#pragma omp single nowait
      {
#pragma omp atomic
        singles++;
      }
#pragma omp master
      masters++;
#pragma omp critical(shared_name)
      named++;
#pragma omp critical
      unnamed++;
#pragma omp atomic
      atomics += 2;
#pragma omp atomic
      atomic_double += 0.5;
      int old;
#pragma omp atomic capture
      {
        old = captured;
        captured += 1;
      }
      (void)old;
#pragma omp barrier
      int seed;
#pragma omp single copyprivate(seed)
      seed = 100 + round;
      if (seed != 100 + round) equal = false;
#pragma omp sections
      {
#pragma omp section
        {
#pragma omp atomic
          sections += 1;
        }
#pragma omp section
        {
#pragma omp atomic
          sections += 10;
        }
      }
#pragma omp flush
    }
#pragma omp atomic
    copies++;
  }
  printf("constructs %d %d %d %d %d %d %d %d %g %d\n", singles, masters, named, unnamed, atomics, captured, sections, equal,
         atomic_double, copies);

  own = 7;
  int sum = 0;
#pragma omp parallel copyin(own) num_threads(3) reduction(+ : sum)
  {
    own += omp_get_thread_num();
    sum += own;
  }
  show("threadprivate", sum + own);

  int level = 0;
  omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2) reduction(+ : level)
  {
#pragma omp parallel num_threads(3) reduction(+ : level)
    level += omp_get_level() * 10 + omp_get_num_threads();
  }
  show("nested", level);
#pragma omp parallel if (threads_seen > 100)
  level = omp_get_num_threads() * 10 + omp_in_parallel();
  show("if", level);
  int many = 0, a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9;
#pragma omp parallel num_threads(2)
#pragma omp single
  many = a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9;
  show("many", many);
  omp_lock_t lock;
  omp_init_lock(&lock);
  int locked = 0;
#pragma omp parallel num_threads(4)
  {
    omp_set_lock(&lock);
    locked++;
    omp_unset_lock(&lock);
  }
  omp_destroy_lock(&lock);
  show("locks", locked);
#pragma omp parallel proc_bind(close) num_threads(2)
#pragma omp master
  show("threads", omp_get_num_threads());
#pragma omp teams distribute parallel for reduction(+ : locked)
  for (int k = 0; k < 10; ++k) locked += k;
  show("teams", locked);
#pragma omp target map(tofrom : locked)
  locked += 1;
  show("target", locked);
}

static int fibonacci(int n) {
  int a, b;
  if (n < 2) return n;
#pragma omp task shared(a) if (n > 5)
  a = fibonacci(n - 1);
#pragma omp task shared(b) final(n < 8) mergeable
  b = fibonacci(n - 2);
#pragma omp taskwait
  return a + b;
}

static void tasks() {
  int result = 0, chain = 1, untied_sum = 0;
  std::vector<int> hits(500, 0);
  std::string order;
#pragma omp parallel num_threads(4)
#pragma omp single
  {
    result = fibonacci(16);
    for (int i = 0; i < 20; ++i) {
#pragma omp task depend(inout : chain) firstprivate(i)
      chain = (chain * 3 + i) % 10007;
    }
#pragma omp taskwait
    int x = 0, y = 0;
#pragma omp task depend(out : x) shared(x, order)
    x = 1, order += 'a';
#pragma omp task depend(in : x) depend(out : y) shared(x, y, order)
    y = x + 1, order += 'b';
#pragma omp task depend(in : x, y) shared(order) priority(3)
    order += 'c';
#pragma omp taskwait depend(in : y)
#pragma omp task if (0) depend(inout : y) shared(y)
    y += 10;
#pragma omp taskwait
    order += static_cast<char>('0' + y % 10);
    std::string copied = "private";
#pragma omp taskgroup
    {
      for (int i = 0; i < 30; ++i) {
#pragma omp task firstprivate(copied, i) shared(untied_sum) untied
        {
          int part = static_cast<int>(copied.size());
#pragma omp taskyield
#pragma omp atomic
          untied_sum += part + i;
        }
      }
    }
    untied_sum += 1000;
#pragma omp taskloop grainsize(7)
    for (int i = 0; i < 500; ++i) hits[i]++;
#pragma omp taskloop num_tasks(9) nogroup
    for (long i = 499; i >= 0; --i) hits[i] += 2;
#pragma omp taskwait
    int last = 0;
#pragma omp taskloop lastprivate(last)
    for (int i = 0; i < 77; i += 2) last = i;
    hits[0] += last;
  }
  long long reduced = 0;
#pragma omp parallel num_threads(3)
#pragma omp single
  {
#pragma omp taskgroup task_reduction(+ : reduced)
    for (int i = 0; i < 40; ++i) {
#pragma omp task in_reduction(+ : reduced)
      reduced += i;
    }
#pragma omp taskloop reduction(+ : reduced)
    for (int i = 0; i < 100; ++i) reduced += i;
  }
  printf("tasks %d %d %s %d %lld %lld\n", result, chain, order.c_str(), untied_sum, weigh(hits), reduced);
}

int main() {
#pragma omp parallel
  {
#pragma omp atomic
    threads_seen++;
  }
  show("seen", threads_seen == omp_get_max_threads());
  show("version", _OPENMP);
  loops();
  reductions();
  constructs();
  tasks();
}
