// Functions that caller.cu calls: pointers, floats, structures, small integers.
struct V {
  float x, y;
  int n;
};
extern "C" __device__ int* at(int* p, int i) { return p + i; }
extern "C" __device__ float scale(float a, double b) { return a * (float)b; }
extern "C" __device__ int sum(V v) { return (int)(v.x + v.y) + v.n; }
extern "C" __device__ V make(float a) { return V{a, 2 * a, 3}; }
extern "C" __device__ short narrow(unsigned char c, bool b) { return b ? c : -c; }
