// Physics, graphs, random numbers, clustering: structures, divergence, double precision, private arrays.
#include <cuda_runtime.h>

// run: <<<2, 128>>> f32[1024] f32[1024] i32=256
extern "C" __global__ void nbody(const float4* bodies, float4* forces, int n) {
  __shared__ float4 tile[128];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float4 own = bodies[i];
  float fx = 0, fy = 0, fz = 0;
  for (int first = 0; first < n; first += 128) {
    tile[threadIdx.x] = bodies[first + threadIdx.x];
    __syncthreads();
    for (int j = 0; j < 128; ++j) {
      float x = tile[j].x - own.x, y = tile[j].y - own.y, z = tile[j].z - own.z;
      float inverse = rsqrtf(x * x + y * y + z * z + 0.01f);
      float s = tile[j].w * inverse * inverse * inverse;
      fx += x * s;
      fy += y * s;
      fz += z * s;
    }
    __syncthreads();
  }
  forces[i] = make_float4(fx, fy, fz, 0.0f);
}

struct Particle {
  float position[3], velocity[3];
  int kind, bounces;
};
// run: <<<4, 128>>> f32[4096] f32=0.01 i32=512
extern "C" __global__ void move_particles(Particle* particles, float dt, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  Particle p = particles[i];
  for (int axis = 0; axis < 3; ++axis) {
    p.position[axis] += p.velocity[axis] * dt;
    if (p.position[axis] < 0.0f || p.position[axis] > 1.0f) {
      p.velocity[axis] = -p.velocity[axis];
      ++p.bounces;
    }
  }
  particles[i] = p;
}

// Lennard-Jones forces between listed neighbours (SHOC's MD).
// run: <<<2, 128>>> f64[1024] f64[1024] i32[8192]%256 i32=256 i32=32
extern "C" __global__ void lennard_jones(const double4* atoms, double4* forces, const int* neighbours, int n, int count) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  double4 own = atoms[i];
  double fx = 0, fy = 0, fz = 0;
  for (int k = 0; k < count; ++k) {
    double4 other = atoms[neighbours[k * n + i]];
    double x = own.x - other.x, y = own.y - other.y, z = own.z - other.z, square = x * x + y * y + z * z + 0.1;
    double inverse = 1.0 / square, sixth = inverse * inverse * inverse;
    double force = inverse * sixth * (1.5 * sixth - 2.0);
    fx += x * force;
    fy += y * force;
    fz += z * force;
  }
  forces[i] = make_double4(fx, fy, fz, 0.0);
}

// Points inside the quarter circle, by a generator in registers.
// run: <<<8, 128>>> i32[1024]%1 i32=64
extern "C" __global__ void monte_carlo_pi(int* hits, int samples) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, inside = 0;
  unsigned state = i * 747796405u + 2891336453u;
  for (int k = 0; k < samples; ++k) {
    state = state * 1664525u + 1013904223u;
    float x = (state >> 8) * 0x1p-24f;
    state = state * 1664525u + 1013904223u;
    float y = (state >> 8) * 0x1p-24f;
    inside += x * x + y * y < 1.0f;
  }
  hits[i] = inside;
}

// One level of a breadth-first search (Rodinia's bfs); every node has 8 edges.
// run: <<<4, 128>>> i32[513]*8 i32[4096]%512 i32[512]%3 i32[512]%1 i32[1]%1 i32=512 i32=2
extern "C" __global__ void bfs_level(const int* rows, const int* edges, const int* level, int* next, int* changed, int n, int now) {
  int node = blockIdx.x * blockDim.x + threadIdx.x;
  if (node >= n || level[node] != now) return;
  for (int k = rows[node]; k < rows[node + 1]; ++k) {
    if (level[edges[k]] == 0) {
      next[edges[k]] = now + 1;
      *changed = 1;
    }
  }
}

// Nearest of k centres (Rodinia's kmeans).
// run: <<<4, 128>>> f32[8192] f32[128] i32[512] i32=512 i32=8 i32=16
extern "C" __global__ void kmeans_nearest(const float* points, const float* centres, int* nearest, int n, int k, int dims) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  int best = 0;
  float smallest = 1e30f;
  for (int c = 0; c < k; ++c) {
    float distance = 0;
    for (int d = 0; d < dims; ++d) {
      float delta = points[d * n + i] - centres[c * dims + d];
      distance += delta * delta;
    }
    if (distance < smallest) {
      smallest = distance;
      best = c;
    }
  }
  nearest[i] = best;
}

// A private array with computed indices: the median of nine by insertion.
// run: <<<4x4, 16x16>>> f32[4096] f32[4096] i32=64
extern "C" __global__ void median_filter(const float* in, float* out, int n) {
  int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x < 1 || y < 1 || x >= n - 1 || y >= n - 1) return;
  float window[9];
  int count = 0;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      float value = in[(y + dy) * n + x + dx];
      int at = count++;
      for (; at > 0 && window[at - 1] > value; --at) window[at] = window[at - 1];
      window[at] = value;
    }
  }
  out[y * n + x] = window[4];
}

// Open hashing with compare-and-swap.
// run: <<<4, 128>>> i32[512]%100000 i32[2048]%1~ i32=512 i32=2047
extern "C" __global__ void hash_insert(const int* keys, int* table, int n, int mask) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  int key = keys[i] + 1;
  unsigned slot = key * 2654435761u & mask;
  while (true) {
    int old = atomicCAS(&table[slot], 0, key);
    if (old == 0 || old == key) return;
    slot = (slot + 1) & mask;
  }
}

// A switch and small device functions through a table of constants.
// run: <<<8, 128>>> i32[1024]%6 f32[1024] f32[1024] i32=1024
extern "C" __global__ void interpreter_step(const int* operations, const float* in, float* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float x = in[i], r = 0;
  switch (operations[i]) {
    case 0:
      r = x * x;
      break;
    case 1:
      r = sqrtf(x);
      break;
    case 2:
      r = 1.0f / (x + 1.0f);
      break;
    case 3:
      r = fabsf(x - 0.5f);
      break;
    case 4:
      r = floorf(x * 10.0f);
      break;
    default:
      r = x;
  }
  out[i] = r;
}

// Heat with double precision in a __launch_bounds__ kernel (SHOC's S3D and HPGMG are of this kind).
// run: <<<2x8, 32x8>>> f64[4096] f64[4096] i32=64 f64=0.1
extern "C" __global__ void __launch_bounds__(256) heat_double(const double* in, double* out, int n, double c) {
  int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x < 1 || y < 1 || x >= n - 1 || y >= n - 1) return;
  int i = y * n + x;
  out[i] = in[i] + c * (in[i - 1] + in[i + 1] + in[i - n] + in[i + n] - 4.0 * in[i]);
}
