struct V {
  float x, y;
  int n;
};
extern "C" __device__ int* at(int* p, int i);
extern "C" __device__ float scale(float a, double b);
extern "C" __device__ int sum(V v);
extern "C" __device__ V make(float a);
extern "C" __device__ short narrow(unsigned char c, bool b);

// p[0] + v + 15 + 200 - 2000
extern "C" __global__ void add_value(int* p, int v) {
  if (threadIdx.x != 0) return;
  *at(p - 1, 1) += v;
  *p += sum(make(4)) + (int)scale(2.f, 100.) + narrow(200, false) * 10;
}
