"""The names of all instructions of PTX, with a record or without. Sources: PTX ISA 9.0, "Instructions"; CCCL for later ones."""

from __future__ import annotations

_NAMES = """
    abs add addc and bfe bfi bfind bmsk brev clz cnot copysign cos div dp2a dp4a ex2 fma fns lg2 lop3 mad mad24 madc max min mul
    mul24 neg not or popc prmt rcp rem rsqrt sad shf shl shr sin sqrt sub subc szext tanh testp xor
    selp set setp slct
    cvt cvta isspacep istypep mov
    alloca applypriority atom cctl cp createpolicy discard fabric fence getctarank ld ldu mapa membar prefetch prefetchu red st
    stackrestore stacksave
    suld suq sured sust tex tld4 txq
    activemask bar barrier elect match mbarrier redux shfl vote
    bra brx call exit ret
    brkpt clusterlaunchcontrol griddepcontrol nanosleep pmevent setmaxnreg trap
    ldmatrix mma movmatrix multimem stmatrix tcgen05 tensormap wgmma wmma
    vabsdiff vabsdiff2 vabsdiff4 vadd vadd2 vadd4 vavrg2 vavrg4 vmad vmax vmax2 vmax4 vmin vmin2 vmin4 vset vset2 vset4 vshl vshr
    vsub vsub2 vsub4
"""
INSTRUCTIONS = frozenset(_NAMES.split())
