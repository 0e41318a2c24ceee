// nvstd::function: small and large callables, copies, moves, function pointers, empty ones; in device and in host code.
#include <cstdio>
#include <nvfunctional>

struct Large {
  int values[16];
  __host__ __device__ int operator()(int i) const { return values[i] + i; }
};
struct Counted {
  int* alive;
  __host__ __device__ Counted(int* p) : alive(p) { ++*alive; }
  __host__ __device__ Counted(const Counted& o) : alive(o.alive) { ++*alive; }
  __host__ __device__ ~Counted() { --*alive; }
  __host__ __device__ int operator()(int i) { return *alive * 100 + i; }
};
__host__ __device__ int twice(int i) { return 2 * i; }
__host__ __device__ int apply(const nvstd::function<int(int)>& f, int i) { return f ? f(i) : -1; }

__host__ __device__ void all(int* out) {
  const int n = 7;
  nvstd::function<int(int)> small = [n](int i) { return n + i; };
  Large large = {};
  large.values[3] = 40;
  nvstd::function<int(int)> big = large, empty, copy = big;
  out[0] = apply(small, 1);
  out[1] = apply(big, 3);
  out[2] = apply(empty, 1);
  large.values[3] = 0;
  out[3] = apply(copy, 3);
  out[4] = apply(twice, 21);
  nvstd::function<int(int)> moved = static_cast<nvstd::function<int(int)>&&>(copy);
  out[5] = apply(moved, 3) * 10 + (copy == nullptr) + (moved != nullptr);
  swap(small, empty);
  out[6] = apply(small, 1) * 1000 + apply(empty, 2);
  int alive = 0;
  {
    Counted counted(&alive);
    nvstd::function<int(int)> f = counted, g = f;
    f = g;
    out[7] = g(1);
    f = nullptr;
    out[8] = alive;
  }
  out[9] = alive;
  int (*none)(int) = nullptr;
  out[10] = apply(nvstd::function<int(int)>(none), 1);
  nvstd::function<void(int&)> change = [](int& value) { value += 5; };
  change(out[11] = 1);
}

__global__ void kernel(int* out) { all(out); }

int main() {
  const int count = 12;
  int *device, got[count], host[count];
  cudaMalloc(&device, sizeof(got));
  kernel<<<1, 1>>>(device);
  cudaMemcpy(got, device, sizeof(got), cudaMemcpyDeviceToHost);
  all(host);
  for (int i = 0; i < count; ++i) printf("%d %d\n", got[i], host[i]);
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
}
