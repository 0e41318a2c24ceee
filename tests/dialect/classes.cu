// Classes: virtual functions, defaulted members, inherited constructors, pointers to members, operators, unions.
#include <new>

#include "show.h"

struct Base {
  __device__ virtual int f() const { return 1; }
  __device__ virtual ~Base() {}
};
struct Derived : Base {
  int v;
  __device__ Derived(int x) : v(x) {}
  __device__ int f() const override { return v; }
  __device__ int plus(int x) { return v + x; }
};
struct OnHost {
  virtual int h() { return 1; }
  virtual ~OnHost() {}
};
struct Defaulted {
  int v;
  Defaulted() = default;
  __host__ __device__ Defaulted(const Defaulted&) = default;
  Defaulted& operator=(const Defaulted&) = default;
  ~Defaulted() = default;
};
template <typename T>
struct Box {
  T v;
  __host__ __device__ Box(T x) : v(x) {}
  __host__ __device__ explicit operator bool() const { return v; }
  __device__ friend Box operator+(Box a, Box b) { return Box(a.v + b.v); }
};
template <typename T>
struct Inherits : Box<T> {
  using Box<T>::Box;
};
struct Member {
  Defaulted d;
  Box<int> box = 4;
  union {
    struct {
      float x, y;
    };
    float both[2];
  };
};
struct Tail {
  int n;
  int values[0];
};

__global__ void kernel() {
  Base* base = new Derived(4);
  out[0] = base->f();
  delete base;
  Member m;
  m.d.v = 3;
  m.both[1] = 2;
  Defaulted copy = m.d;
  out[1] = copy.v + (int)m.y + (m.box + Inherits<int>(5)).v;
  Derived d(6);
  int (Derived::*method)(int) = &Derived::plus;
  int Derived::* field = &Derived::v;
  out[2] = (d.*method)(1) + d.*field;
  char storage[sizeof(Box<int>)];
  out[3] = (new (storage) Box<int>(8))->v;
  extern __shared__ int memory[];
  Tail* tail = (Tail*)memory;
  tail->values[1] = 9;
  out[4] = memory[2];
}

int main() {
  kernel<<<1, 1, 64>>>();
  show(5);
  OnHost host;
  printf("%d\n", host.h());
}
