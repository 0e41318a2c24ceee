import subprocess,sys,re,glob,time,os
from pathlib import Path
arch=sys.argv[1]; fam={'gfx1100':'gfx11','gfx942':'gfx9'}[arch]
files=[*glob.glob('/tmp/programs/polybench-gpu/CUDA/*/*.cu'),*glob.glob('/tmp/programs/rodinia/cuda/*/*.cu')][:120]
def emit(ll,flags):
    t=time.time()
    r=subprocess.run(['python','-m','ziglang','clang','-cc1','-triple','amdgcn-amd-amdhsa','-target-cpu',arch,'-x','ir','-O3','-mlink-builtin-bitcode',f'/tmp/wt/qua/_native/devicelib/amdgpu-{fam}.bc','-mcode-object-version=5','-mrelocation-model','pic','-pic-level','2','-mllvm','-disable-promote-alloca-to-lds','-Wno-override-module',*flags,'-S',ll,'-o','/tmp/qua/pub/o.s'],capture_output=True,text=True)
    if r.returncode: return None
    s=Path('/tmp/qua/pub/o.s').read_text()
    g=lambda p:[int(x) for x in re.findall(p,s)]
    return dict(time=time.time()-t,code=sum(g(r'codeLenInByte = (\d+)')),spill=sum(g(r'gpr_spill_count:\s+(\d+)')),scratch=g(r'; ScratchSize: (\d+)'),occ=g(r'; Occupancy: (\d+)'),flat=len(re.findall(r'\tflat_',s)),v=g(r'; NumVgprs: (\d+)'))
tot={}
for f in files:
    o=f'/tmp/qua/pub/{Path(f).parent.name}.{Path(f).stem}.{arch}.ll'
    if not os.path.exists(o):
        r=subprocess.run([sys.executable,'-c','import sys; from crosswarp.driver.cli import main; sys.exit(main())','emit','--stage',f'{arch}.ll',f,'-I/tmp/programs/polybench-gpu/common','-I'+str(Path(f).parent),'-I/tmp/programs/rodinia/common/inc','-o',o],capture_output=True,text=True)
        if r.returncode: continue
    if '_kernel' not in Path(o).read_text(): continue
    a=emit(o,[]); b=emit(o,['-mllvm','-unroll-runtime','-vectorize-slp','-mllvm','-slp-threshold=4'])
    if not a or not b: print('FAIL',f); continue
    for k,x in (('a',a),('b',b)):
        for kk in('time','code','spill','flat'): tot[k+kk]=tot.get(k+kk,0)+x[kk]
    note=''
    if b['spill']>a['spill']: note+=f" SPILL {a['spill']}->{b['spill']}"
    if sum(b['occ'])<sum(a['occ']): note+=f" OCC {a['occ']}->{b['occ']} v {a['v']}->{b['v']}"
    if b['flat']: note+=f" flat {b['flat']}"
    if note: print(Path(f).parent.name,Path(f).stem,note)
print(tot)
