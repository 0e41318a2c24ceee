// Cooperative groups: ranks, masks, collectives.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>

#include "check.h"

namespace cg = cooperative_groups;

__global__ void groups() {
  cg::thread_block b = cg::this_thread_block();
  auto w = cg::tiled_partition<32>(b);
  auto t = cg::tiled_partition<8>(b);
  int r = threadIdx.x;
  CHECK(b.thread_rank() == r && b.size() == blockDim.x);
  CHECK(w.meta_group_rank() == r / 32 && w.thread_rank() == r % 32 && t.meta_group_size() == blockDim.x / 8);
  CHECK(cg::reduce(w, r, cg::plus<int>()) == 32 * (r / 32 * 32) + 496);
  CHECK(cg::reduce(t, r, cg::greater<int>()) == (r / 8 * 8 + 7));
  CHECK(cg::inclusive_scan(t, 1) == r % 8 + 1);
  CHECK(cg::exclusive_scan(w, 2) == 2 * (r % 32));
  CHECK(t.shfl(r, 3) == r / 8 * 8 + 3);
  CHECK(t.ballot(r % 2) == 0xaa);
  CHECK(w.any(r == 5) == (r < 32));
  double d = t.shfl_down((double)r, 2);
  CHECK(r % 8 >= 6 || d == r + 2);
  if (r % 3 == 0) {
    auto c = cg::coalesced_threads();
    int cnt = c.size();
    int mine = 0;
    for (int i = r / 32 * 32; i < r; i++) mine += i % 3 == 0;
    CHECK((int)c.thread_rank() == mine);
    int total = 0;
    for (int i = r / 32 * 32; i < r / 32 * 32 + 32; i++) total += i % 3 == 0;
    CHECK(cnt == total);
    CHECK(cg::reduce(c, 1, cg::plus<int>()) == total);
    CHECK(c.shfl(r, 1) == c.shfl(r, 0) + 3);
    CHECK(c.ballot(1) == (1u << total) - 1);
    CHECK(cg::inclusive_scan(c, 1) == mine + 1);
  }
  auto bp = cg::binary_partition(w, r % 4 == 0);
  CHECK(bp.size() == (r % 4 == 0 ? 8 : 24));
  auto lp = cg::labeled_partition(w, r % 4);
  CHECK(lp.size() == 8 && lp.meta_group_size() == 4 && lp.meta_group_rank() == r % 4);
  cg::thread_group g = cg::tiled_partition(cg::this_thread_block(), 4);
  CHECK(g.size() == 4 && g.thread_rank() == r % 4);
  g.sync();
}
int main() {
  groups<<<2, 96>>>();
  return finish();
}
