// The carry flag lives from one asm statement to the next, through functions, lambdas and loops, as long arithmetic is written.
#include <cstdio>

__device__ unsigned add_cc(unsigned a, unsigned b) {
  unsigned r;
  asm volatile("add.cc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
__device__ unsigned addc_cc(unsigned a, unsigned b) {
  unsigned r;
  asm volatile("addc.cc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
__device__ unsigned addc(unsigned a, unsigned b) {
  unsigned r;
  asm volatile("addc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
template <class F>
__device__ unsigned apply(F f) {
  return f();
}

template <int N>
struct Number {
  unsigned part[N];

  __device__ Number operator+(const Number& other) const {
    Number sum;
    sum.part[0] = add_cc(part[0], other.part[0]);
    for (int i = 1; i < N - 1; ++i) sum.part[i] = addc_cc(part[i], other.part[i]);
    sum.part[N - 1] = apply([&] { return addc(part[N - 1], other.part[N - 1]); });
    return sum;
  }
  __device__ Number operator-(const Number& other) const {
    Number rest;
    asm volatile("sub.cc.u32 %0, %1, %2;" : "=r"(rest.part[0]) : "r"(part[0]), "r"(other.part[0]));
    for (int i = 1; i < N; ++i) asm volatile("subc.cc.u32 %0, %1, %2;" : "=r"(rest.part[i]) : "r"(part[i]), "r"(other.part[i]));
    return rest;
  }
  __device__ unsigned long long times(unsigned factor) const {
    unsigned low, high;
    asm volatile("mad.lo.cc.u32 %0, %1, %2, %3;" : "=r"(low) : "r"(part[0]), "r"(factor), "r"(~0u));
    asm volatile("madc.hi.u32 %0, %1, %2, %3;" : "=r"(high) : "r"(part[0]), "r"(factor), "r"(0u));
    return (unsigned long long)high << 32 | low;
  }
};

// Called through a pointer: no flag comes in.
__device__ unsigned alone(unsigned a) { return add_cc(a, 1) + 10 * addc(0, 0); }
__device__ unsigned (*indirect)(unsigned) = alone;

__global__ void kernel(Number<4>* a, Number<4>* b, Number<4>* out, unsigned long long* product, unsigned* ends) {
  const int i = threadIdx.x;
  out[2 * i] = a[i] + b[i];
  out[2 * i + 1] = a[i] - b[i];
  product[i] = a[i].times(b[i].part[3]);
  ends[i] = indirect(a[i].part[0]);
}

int main() {
  Number<4>*a, *b, *out;
  unsigned long long* product;
  unsigned* ends;
  cudaMallocManaged(&a, 4 * sizeof *a);
  cudaMallocManaged(&b, 4 * sizeof *b);
  cudaMallocManaged(&out, 8 * sizeof *out);
  cudaMallocManaged(&product, 4 * sizeof *product);
  cudaMallocManaged(&ends, 4 * sizeof *ends);
  const unsigned full = ~0u;
  const Number<4> left[] = {{full, full, full, full}, {0, 0, 0, 1}, {full, 0, 7, 9}, {5, full, full, 0}};
  const Number<4> right[] = {{1, 0, 0, 0}, {1, 0, 0, 0}, {full, full, 0, 3}, {full, 0, 0, full}};
  for (int i = 0; i < 4; ++i) a[i] = left[i], b[i] = right[i];
  kernel<<<1, 4>>>(a, b, out, product, ends);
  cudaDeviceSynchronize();
  for (int i = 0; i < 8; ++i) {
    for (int part = 3; part >= 0; --part) printf("%08x ", out[i].part[part]);
    if (i % 2) printf("%llx %x\n", product[i / 2], ends[i / 2]);
  }
}
