#define A(...) __attribute__((annotate("cw.cluster_dims", __VA_ARGS__)))
template<int N> __attribute__((global)) void A(N, 2) k(int*p){ p[0]=1; }
template __attribute__((global)) void k<4>(int*);
__attribute__((global)) void A(2) k2(int*p){ p[0]=1; }
