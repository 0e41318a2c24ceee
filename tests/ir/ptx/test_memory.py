"""Memory records beside a model of memory as bytes: in the interpreter, on the CPU and on an emulated AMD GPU."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.ptx.records import find
from harness import LETTERS, translated
from memory_cases import BYTES, OFFSET, Access, cases

CUDA_TYPES = {16: "unsigned short", 32: "unsigned", 64: "u64", 128: "unsigned __int128"}
NEVER_ON_AMD = 128  # bits: there are no such atomics


def asm(case: Access, percent: str) -> tuple[str, str, list[str]]:
    """The text, the constraints of results, and those of sources: the address, the values, the policy."""
    first = case.results
    address = f"[{percent}{first}+{OFFSET}]"
    values = [f"{percent}{first + 1 + n}" for n in range(case.values)]
    results = [f"{percent}{n}" for n in range(first)]
    grouped = [_braced(results)] if results else []
    listed = [_braced(values)] if case.use.vector > 1 and values else values
    policy = [f"{percent}{first + 1 + len(values)}"] if "b64" in case.form.sources else []
    letter = LETTERS[case.register_bits]
    text = f"{case.name} {', '.join([*grouped, address, *listed, *policy])};"
    return text, f"={letter}", ["l", *[letter] * len(values), *["l" for _ in policy]]


def _braced(words: list[str]) -> str:
    return words[0] if len(words) == 1 else "{" + ", ".join(words) + "}"


def interpreted(case: Access) -> tuple[list[int], bytes]:
    """Results and memory after one run."""
    text, letter, sources = asm(case, "$")
    bits = case.register_bits
    constraints = ",".join([letter] * case.results + sources + ["~{memory}"])
    result = {0: "void", 1: f"i{bits}"}.get(case.results, "{ " + ", ".join([f"i{bits}"] * case.results) + " }")
    arguments = ["ptr %m" if case.use.space != "shared" else "i64 %s", *(f"i{bits} {v}" for v in case.operands)]
    arguments += ["i64 0"] * (len(sources) - len(arguments))
    named = "%r = " if case.results else ""
    stores = f"store {result} %r, ptr %out, align 1" if case.results else ""
    module = translated(f"""
@s = internal addrspace(3) global [{BYTES} x i8] undef, align 32
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
define ptx_kernel void @k(ptr %out, ptr %m) {{
  %g = addrspacecast ptr addrspace(3) @s to ptr
  %s = ptrtoint ptr addrspace(3) @s to i64
  call void @llvm.memcpy.p0.p0.i64(ptr %g, ptr %m, i64 {BYTES}, i1 false)
  {named}call {result} asm sideeffect "{text}", "{constraints}"({", ".join(arguments)})
  {stores}
  {"call void @llvm.memcpy.p0.p0.i64(ptr %m, ptr %g, i64 64, i1 false)" if case.use.space == "shared" else ""}
  ret void
}}
""")
    out, memory = Buffer(max(case.results * bits // 8, 1)), Buffer(case.before)
    Interpreter(module).launch("k", 1, 1, [out, memory])
    step = bits // 8
    return [int.from_bytes(out.data[n * step : (n + 1) * step], "little") for n in range(case.results)], bytes(memory.data)


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in cases(2)])
def test_in_the_interpreter(case: Access) -> None:
    assert interpreted(case) == case.expected()


def statement(case: Access) -> str:
    """C++ of one case: copies memory in, runs, and prints results and memory by hand-over through `out`."""
    text, letter, sources = asm(case, "%")
    kind = CUDA_TYPES[case.register_bits]
    outputs = ", ".join(f'"{letter}"(r[{n}])' for n in range(case.results))
    place = "shared" if case.use.space == "shared" else "global"
    given = [f'"l"({place})'] + [f'"{s}"({_literal(v, kind)})' for s, v in zip(sources[1:], case.operands, strict=False)]
    given += ['"l"(0ull)'] * (len(sources) - len(given))
    array = ", ".join(f"0x{b:02x}" for b in case.before)
    return f"""{{
    static const unsigned char before[] = {{{array}}};
    {kind} r[{max(case.results, 1)}] = {{}};
    for (int i = 0; i < {BYTES}; ++i) {place}_bytes[i] = before[i];
    asm volatile("{text}" : {outputs} : {", ".join(given)} : "memory");
    for (int i = 0; i < {BYTES}; ++i) *out++ = {place}_bytes[i];
    for (int i = 0; i < {case.results * case.register_bits // 8}; ++i) *out++ = reinterpret_cast<unsigned char*>(r)[i];
  }}"""


def _literal(value: int, kind: str) -> str:
    return f"(({kind}){value >> 64}ull << 64 | {value & (1 << 64) - 1}ull)" if "128" in kind else f"({kind}){value}ull"


def program(chosen: list[Access]) -> str:
    """A kernel of one thread for every sixteen cases."""
    kernels = []
    for start in range(0, len(chosen), 16):
        body = "\n".join(map(statement, chosen[start : start + 16]))
        kernels.append(f"""__global__ void k{start}(unsigned char* global_bytes, unsigned char* out) {{
  __shared__ __align__(32) unsigned char shared_bytes[{BYTES}];
  const u64 shared = __cvta_generic_to_shared(shared_bytes), global = (u64)global_bytes;
  {body}
}}
static void run{start}(unsigned char* m, unsigned char* o) {{ k{start}<<<1, 1>>>(m, o); }}""")
    calls = "\n".join(f"  run(run{start});" for start in range(0, len(chosen), 16))
    return "\n".join([PRELUDE, *kernels, "int main() {", calls, "}", ""])


PRELUDE = """#include <cstdio>
using u64 = unsigned long long;
static void run(void (*launch)(unsigned char*, unsigned char*)) {
  unsigned char *memory, *out;
  cudaMallocManaged(&memory, 64);
  cudaMallocManaged(&out, 4096);
  launch(memory, out);
  const cudaError_t error = cudaDeviceSynchronize();
  for (int i = 0; i < 4096 && error == cudaSuccess; ++i) printf("%02x", out[i]);
  printf("%s\\n", error == cudaSuccess ? "" : cudaGetErrorName(error));
  cudaFree(memory);
  cudaFree(out);
}
"""


@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100", pytest.param("emu:gfx942", marks=pytest.mark.slow)])
def test_on_devices(crosswarp_nvcc, toolkit: Path, device: str, tmp_path: Path) -> None:
    chosen = [c for c in cases(1) if device == "cpu" or c.type.bits < NEVER_ON_AMD or c.parts[0] not in ("atom", "red")]
    (tmp_path / "p.cu").write_text(program(chosen))
    crosswarp_nvcc(tmp_path / "p.cu", "-O1", "-o", tmp_path / "p", f"--targets={device.removeprefix('emu:')},only")
    environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": str(toolkit / "lib64")}
    lines = type(crosswarp_nvcc)((str(tmp_path / "p"),), environment)().stdout.splitlines()
    wrong = []
    for start, line in zip(range(0, len(chosen), 16), lines, strict=True):
        data = bytes.fromhex(line)
        for case in chosen[start : start + 16]:
            results, after = case.expected()
            right = after + b"".join(value.to_bytes(case.register_bits // 8, "little") for value in results)
            if data[: len(right)] != right:
                wrong.append(case.name)
            data = data[len(right) :]
    assert not wrong


@pytest.mark.parametrize("written, spelled", [
    ("atom.add.acquire.gpu.global.u32", "atom.acquire.gpu.global.add.u32"),
    ("ld.global.relaxed.sys.v2.f32", "ld.relaxed.sys.global.v2.f32"),
    ("ld.global.L1::no_allocate.nc.v4.u32", "ld.global.nc.L1::no_allocate.v4.u32"),
    ("red.v2.f32.global.add", "red.global.add.v2.f32"),
])  # fmt: skip
def test_modifiers_in_another_order(written: str, spelled: str) -> None:
    assert find(written) == find(spelled) != []


UNKNOWN = [
    "ld.relaxed.u32", "ld.volatile.const.u32", "st.const.u32", "ld.acquire.gpu.cg.u32", "red.cas.b32", "atom.sub.u32", "ld.v8.u16",
    "st.release.gpu.global.nc.u32", "atom.add.async.u32",
]  # fmt: skip


@pytest.mark.parametrize("mnemonic", UNKNOWN)
def test_what_is_no_instruction_is_unknown(mnemonic: str) -> None:
    assert find(mnemonic) == []
