// emit: gfx1100 GFX11
// emit: gfx1201 GFX12
// Loops around matrix instructions: nothing is converted inside of them.
#include "../../inputs/device.h"

// Two products of eight columns that share A are one of WMMA. Rows of `ldmatrix` are read as the unit wants them: on gfx12 each
// lane has the right address itself, on gfx11 addresses go to the other 16 lanes once, in front of the loop.
extern "C" __global__ void products(float* sums, unsigned row, unsigned column, int n) {
  float d[8] = {};
  for (int i = 0; i < n; ++i) {
    unsigned a[4], b[4];
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(a[0]), "=r"(a[1]), "=r"(a[2]), "=r"(a[3])
                 : "r"(row + 64 * threadIdx_x)
                 : "memory");
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(b[0]), "=r"(b[1]), "=r"(b[2]), "=r"(b[3])
                 : "r"(column + 64 * threadIdx_x)
                 : "memory");
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(d[4]), "+f"(d[5]), "+f"(d[6]), "+f"(d[7])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[2]), "r"(b[3]));
  }
  for (int i = 0; i < 8; ++i) sums[8 * threadIdx_x + i] = d[i];
}
// GFX11-LABEL: products:
// GFX11: v_permlanex16_b32
// GFX11: [[LOOP:.LBB[0-9_]+]]:
// GFX11-NOT: {{permlane|bpermute|_dpp|v_cndmask}}
// GFX11: ds_load_b128
// GFX11: ds_load_b128
// GFX11: ds_load_b128
// GFX11: ds_load_b128
// GFX11-NOT: {{permlane|bpermute|_dpp|v_cndmask}}
// GFX11: v_wmma_f32_16x16x16_f16
// GFX11-NOT: {{permlane|bpermute|_dpp|v_cndmask|v_wmma|v_mov}}
// GFX11: s_cbranch_scc0 [[LOOP]]
// GFX12-LABEL: products:
// GFX12: [[LOOP:.LBB[0-9_]+]]:
// GFX12-NOT: {{permlane|bpermute|_dpp|v_cndmask}}
// GFX12: ds_load_b128
// GFX12: ds_load_b128
// GFX12-NOT: {{permlane|bpermute|_dpp|v_cndmask|ds_load}}
// GFX12: v_wmma_f32_16x16x16_f16
// GFX12-NOT: {{permlane|bpermute|_dpp|v_cndmask|v_wmma|v_mov}}
// GFX12: s_cbranch_scc0 [[LOOP]]
