"""Every option of nvcc (CUDA 12.9 to 13.4), one row each: its two names, the form of its argument, what it does here.

The parser (`options.py`), `--help`, the tests and docs/nvcc.md read this table; nothing else knows an option's spelling.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Form(Enum):
    """What follows an option."""

    FLAG = "flag"  # nothing
    VALUE = "value"  # one word; the last one given counts
    NUMBER = "number"  # a decimal number; the last one given counts
    BOOL = "bool"  # true or false
    LIST = "list"  # comma-separated words; all given count
    EACH = "each"  # one word each time; all given count


class Support(Enum):
    """What Crosswarp does with an option."""

    DONE = "done"
    ACCEPTED = "accepted"  # changes nothing, and changing nothing is right or harmless here: `note` says why
    REFUSED = "refused"  # an error that names the option: ignoring it would give a wrong result


class Option(NamedTuple):
    """One option. `joined`: the short name may have its value attached (`-Ifoo`, `-O3`)."""

    name: str
    short: str
    form: Form
    support: Support
    note: str
    choices: tuple[str, ...] = ()
    joined: bool = False


F, V, B, L = Form.FLAG, Form.VALUE, Form.BOOL, Form.LIST
DONE, ACCEPTED, REFUSED = Support.DONE, Support.ACCEPTED, Support.REFUSED
_WINDOWS = "only means something on Windows"
_EDG = "clang's warnings have names instead of numbers"
_DIAG = "NVIDIA's numbers, as far as clang warns of the same (driver/warning_numbers.py): "
# Lists whose items go through a shell in nvcc.
SHELL_WORDS = frozenset({"compiler-options", "linker-options", "archive-options", "ptxas-options", "nvlink-options", "Xcudafe",
                         "Xfatbin", "Xcicc"})
_TILE = "CUDA Tile (from CUDA 13.3 on) is not supported"
STANDARDS = tuple(prefix + version for version in ("03", "11", "14", "17", "20", "23") for prefix in ("c++", "gnu++"))
WERROR_KINDS = ("all-warnings", "cross-execution-space-call", "default-stream-launch", "deprecated-declarations",
                "ext-lambda-captures-this", "missing-launch-bounds", "reorder")

OPTIONS: tuple[Option, ...] = (
    # What to make.
    Option("cuda", "cuda", F, REFUSED, "host code is never written back as C++ (.cu.cpp.ii)"),
    Option("cubin", "cubin", F, DONE, "machine code for one NVIDIA architecture; needs ptxas"),
    Option("fatbin", "fatbin", F, DONE, "all device images in one file, no host code"),
    Option("ptx", "ptx", F, DONE, "PTX text for one NVIDIA architecture"),
    Option("optix-ir", "optix-ir", F, REFUSED, "OptiX IR is NVIDIA's private format"),
    Option("ltoir", "ltoir", F, REFUSED, "a file format of NVIDIA's own; -dc objects and -dlto links carry portable IR instead"),
    Option("preprocess", "E", F, DONE, "preprocess only"),
    Option("generate-dependencies", "M", F, DONE, "print a make rule"),
    Option("generate-nonsystem-dependencies", "MM", F, DONE, "print a make rule without system headers"),
    Option("generate-dependencies-with-compile", "MD", F, DONE, "write a make rule beside the output"),
    Option("generate-nonsystem-dependencies-with-compile", "MMD", F, DONE, "the same without system headers"),
    Option("dependency-output", "MF", V, DONE, "file for the make rule"),
    Option("dependency-target-name", "MT", L, DONE, "target's name in the make rule"),
    Option("dependency-quoted-target-name", "MQ", L, DONE, "target's name, quoted for make"),
    Option("generate-dependency-targets", "MP", F, DONE, "an empty rule for each header"),
    Option("compile", "c", F, DONE, "compile to objects"),
    Option("device-c", "dc", F, DONE, "compile to objects with relocatable device code"),
    Option("extensible-whole-program", "ewp", F, DONE, "device code that may be linked later: as -rdc=true"),
    Option("device-w", "dw", F, DONE, "compile to objects with executable device code"),
    Option("device-link", "dlink", F, DONE, "link relocatable device code into one object"),
    Option("link", "link", F, DONE, "compile and link: the default"),
    Option("lib", "lib", F, DONE, "put the objects in a static library"),
    Option("run", "run", F, DONE, "link, then run the program"),
    Option("clean-targets", "clean", F, DONE, "delete what the same command would make"),
    # Files and paths.
    Option("output-file", "o", V, DONE, "the output"),
    Option("pre-include", "include", L, DONE, "header read before the source"),
    Option("objdir-as-tempdir", "objtemp", F, ACCEPTED, "intermediates have a private temporary folder"),
    Option("library", "l", L, DONE, "library to link", joined=True),
    Option("define-macro", "D", L, DONE, "macro", joined=True),
    Option("undefine-macro", "U", L, DONE, "remove a macro", joined=True),
    Option("include-path", "I", L, DONE, "include folder", joined=True),
    Option("system-include", "isystem", L, DONE, "include folder whose warnings are off"),
    Option("library-path", "L", L, DONE, "library folder", joined=True),
    Option("output-directory", "odir", V, DONE, "folder of outputs without -o"),
    Option("compiler-bindir", "ccbin", V, DONE, "host compiler or its folder"),
    Option("allow-unsupported-compiler", "allow-unsupported-compiler", F, ACCEPTED, "no version of the host compiler is refused"),
    Option("archiver-binary", "arbin", V, DONE, "archiver for -lib"),
    Option("cudart", "cudart", V, DONE, "which CUDA runtime to link", ("none", "shared", "static")),
    Option("cudadevrt", "cudadevrt", V, ACCEPTED, "there is no separate device runtime", ("none", "static")),
    Option("libdevice-directory", "ldir", V, ACCEPTED, "device mathematics comes with each target"),
    Option("target-directory", "target-dir", V, ACCEPTED, "the toolkit holds one host platform"),
    Option("use-local-env", "use-local-env", F, ACCEPTED, _WINDOWS),
    Option("force-cl-env-setup", "force-cl-env-setup", F, ACCEPTED, _WINDOWS),
    # Compiler and linker.
    Option("profile", "pg", F, DONE, "instrument host code for gprof"),
    Option("debug", "g", F, DONE, "debug information for host code"),
    Option("device-debug", "G", F, DONE, "debug information for device code, which is not optimised"),
    Option("generate-line-info", "lineinfo", F, DONE, "line numbers for device code"),
    Option("optimization-info", "opt-info", L, DONE, "remarks about inlining, per target; -lineinfo gives places", ("inline",)),
    Option("optimize", "O", Form.NUMBER, DONE, "optimisation level of host code", joined=True),
    Option("Ofast-compile", "Ofc", V, ACCEPTED, "device code is always optimised in full", ("0", "min", "mid", "max")),
    Option("dopt", "dopt", V, DONE, "optimise device code under -G too", ("on",)),
    Option("dlink-time-opt", "dlto", F, ACCEPTED, "separate device code is always linked as IR and optimised as a whole"),
    Option("lto", "lto", F, ACCEPTED, "separate device code is always linked as IR and optimised as a whole"),
    Option("gen-opt-lto", "gen-opt-lto", F, ACCEPTED, "separate device code is optimised after linking"),
    Option("ftemplate-backtrace-limit", "ftemplate-backtrace-limit", Form.NUMBER, DONE, "notes per template error"),
    Option("ftemplate-depth", "ftemplate-depth", Form.NUMBER, DONE, "deepest template instantiation"),
    Option("no-exceptions", "noeh", F, DONE, "no exceptions in host code"),
    Option("shared", "shared", F, DONE, "link a shared library"),
    Option("x", "x", V, DONE, "language of the inputs", ("c", "c++", "cu")),
    Option("std", "std", V, DONE, "C++ standard", STANDARDS),
    Option("no-host-device-initializer-list", "nohdinitlist", F, ACCEPTED, "only forbids what is allowed otherwise"),
    Option("no-host-device-move-forward", "nohdmoveforward", F, ACCEPTED, "only forbids what is allowed otherwise"),
    Option("expt-relaxed-constexpr", "expt-relaxed-constexpr", F, DONE, "constexpr functions on both sides (always allowed)"),
    Option("extended-lambda", "extended-lambda", F, DONE, "annotated lambdas (always allowed)"),
    Option("expt-extended-lambda", "expt-extended-lambda", F, DONE, "annotated lambdas (always allowed)"),
    Option("machine", "m", V, DONE, "word size of the host", ("64",)),
    Option("m64", "m64", F, ACCEPTED, "the only word size there is"),
    Option("mwarp", "mwarp", V, REFUSED, "warps have 32 lanes on every target, as sources and their lane masks say"),
    # Words for one tool.
    Option("compiler-options", "Xcompiler", L, DONE, "words for the host compiler"),
    Option("linker-options", "Xlinker", L, DONE, "words for the host linker"),
    Option("archive-options", "Xarchive", L, DONE, "words for the archiver"),
    Option("ptxas-options", "Xptxas", L, DONE, "words for ptxas, where ptxas runs (-cubin); -v as --resource-usage"),
    Option("nvlink-options", "Xnvlink", L, ACCEPTED, "device code is linked as IR, without nvlink"),
    Option("Xcudafe", "Xcudafe", L, DONE, "--diag_suppress, --diag_warning, --diag_error as -diag-...; other words do nothing"),
    Option("Xcicc", "Xcicc", L, ACCEPTED, "words of NVIDIA's own device compiler"),
    Option("Xfatbin", "Xfatbin", L, ACCEPTED, "images are compressed where that pays; -no-compress stores them as they are"),
    # The driver itself.
    Option("static-global-template-stub", "static-global-template-stub", B, ACCEPTED, "stubs follow clang's linkage rules"),
    Option("device-entity-has-hidden-visibility", "device-entity-has-hidden-visibility", B, ACCEPTED, "follows clang's rules"),
    Option("forward-unknown-to-host-compiler", "forward-unknown-to-host-compiler", F, DONE, "unknown options: host compiler"),
    Option("forward-unknown-to-host-linker", "forward-unknown-to-host-linker", F, DONE, "unknown options: host linker"),
    Option("forward-unknown-opts", "forward-unknown-opts", F, DONE, "unknown options: host compiler and linker"),
    Option("dont-use-profile", "noprof", F, ACCEPTED, "there is no nvcc.profile"),
    Option("dryrun", "dryrun", F, DONE, "print the steps, run none"),
    Option("verbose", "v", F, DONE, "print the steps and run them"),
    Option("threads", "t", Form.NUMBER, DONE, "processes at a time; 0 and the default are the number of CPUs", joined=True),
    Option("split-compile", "split-compile", Form.NUMBER, ACCEPTED, "targets already compile in parallel"),
    Option("split-compile-extended", "split-compile-extended", Form.NUMBER, ACCEPTED, "targets already compile in parallel"),
    Option("fdevice-syntax-only", "fdevice-syntax-only", F, DONE, "no images; device code is only read"),
    Option("fdevice-time-trace", "fdevice-time-trace", V, DONE, "clang's time trace of the device pass, for chrome://tracing"),
    Option("keep", "keep", F, DONE, "keep intermediate files"),
    Option("keep-dir", "keep-dir", V, DONE, "keep intermediate files in this folder"),
    Option("save-temps", "save-temps", F, DONE, "keep intermediate files"),
    Option("time", "time", V, DONE, "append a table of the phases' times to a file; -: print it"),
    Option("run-args", "run-args", L, DONE, "arguments of the program that -run starts"),
    Option("input-drive-prefix", "idp", V, ACCEPTED, _WINDOWS),
    Option("dependency-drive-prefix", "ddp", V, ACCEPTED, _WINDOWS),
    Option("drive-prefix", "dp", V, ACCEPTED, _WINDOWS),
    Option("no-align-double", "no-align-double", F, ACCEPTED, "only means something on 32-bit hosts"),
    Option("no-device-link", "nodlink", F, DONE, "link objects without linking their device code"),
    # Device code.
    Option("gpu-architecture", "arch", V, DONE, "architecture: sm_NN, compute_NN, gfxNNN, cpu, x86-64-vN, native, all, all-major"),
    Option("gpu-code", "code", L, DONE, "real architectures for the virtual one of -arch"),
    Option("generate-code", "gencode", Form.EACH, DONE, "arch=...,code=...; may be repeated"),
    Option("report", "report", L, DONE, "Crosswarp's own: the layouts chosen for products; -lineinfo: where", ("tensor-layout",)),
    Option("targets", "targets", L, DONE, "Crosswarp's own: the targets beside those of -arch=sm_NN; `only`: instead of them"),
    Option("relocatable-device-code", "rdc", B, DONE, "device code that is linked later"),
    Option("entries", "e", L, ACCEPTED, "code for all kernels is a superset"),
    Option("maxrregcount", "maxrregcount", Form.NUMBER, DONE, "registers per thread: PTX's, and AMD's vector registers"),
    Option("use_fast_math", "use_fast_math", F, DONE, "--ftz=true --prec-div=false --prec-sqrt=false --fmad=true, fast functions"),
    Option("ftz", "ftz", B, DONE, "flush single-precision denormals"),
    Option("prec-div", "prec-div", B, DONE, "exact single-precision division"),
    Option("prec-sqrt", "prec-sqrt", B, DONE, "exact single-precision square root"),
    Option("fmad", "fmad", B, DONE, "contract multiply and add"),
    Option("extra-device-vectorization", "extra-device-vectorization", F, ACCEPTED, "vectorisation is always on"),
    Option("default-stream", "default-stream", V, DONE, "what stream 0 means", ("legacy", "null", "per-thread")),
    # Generic.
    Option("disable-warnings", "w", F, DONE, "no warnings"),
    Option("keep-device-functions", "keep-device-functions", F, DONE, "PTX keeps device functions of external linkage"),
    Option("source-in-ptx", "src-in-ptx", F, DONE, "-ptx with -lineinfo or -G: source lines as comments"),
    Option("restrict", "restrict", F, ACCEPTED, "an assertion that helps optimisation only"),
    Option("Wreorder", "Wreorder", F, DONE, "warn of reordered member initialisers"),
    Option("Wdefault-stream-launch", "Wdefault-stream-launch", F, DONE, "warn of launches that name no stream"),
    Option("Wmissing-launch-bounds", "Wmissing-launch-bounds", F, DONE, "warn of kernels without __launch_bounds__"),
    Option("Wext-lambda-captures-this", "Wext-lambda-captures-this", F, DONE,
           "warn of annotated lambdas that capture `this` unsaid"),
    Option("Wno-deprecated-declarations", "Wno-deprecated-declarations", F, DONE, "no warnings of deprecated entities"),
    Option("Wno-deprecated-gpu-targets", "Wno-deprecated-gpu-targets", F, ACCEPTED, "no architecture is deprecated here"),
    Option("Werror", "Werror", L, DONE, "warnings that are errors", WERROR_KINDS),
    Option("resource-usage", "res-usage", F, DONE, "registers, shared memory and spills of each kernel and target"),
    Option("no-compress", "no-compress", F, DONE, "store device images uncompressed"),
    Option("compress-mode", "compress-mode", V, DONE, "compression of device images",
           ("default", "size", "speed", "balance", "none")),
    Option("qpp-config", "qpp-config", V, REFUSED, "the q++ host compiler is not supported"),
    Option("compile-as-tools-patch", "astoolspatch", F, REFUSED, "patch code for NVIDIA's tools is not supported"),
    Option("enable-tile", "enable-tile", F, REFUSED, _TILE),
    Option("simt-only", "simt-only", F, REFUSED, _TILE),
    Option("tile-only", "tile-only", F, REFUSED, _TILE),
    Option("list-gpu-code", "code-ls", F, DONE, "list real architectures"),
    Option("list-gpu-arch", "arch-ls", F, DONE, "list virtual architectures"),
    Option("display-error-number", "err-no", F, ACCEPTED, _EDG),
    Option("no-display-error-number", "no-err-no", F, ACCEPTED, _EDG),
    Option("diag-error", "diag-error", L, DONE, _DIAG + "errors"),
    Option("diag-suppress", "diag-suppress", L, DONE, _DIAG + "no warnings"),
    Option("diag-warn", "diag-warn", L, DONE, _DIAG + "warnings"),
    Option("host-linker-script", "hls", V, REFUSED, "no linker script is made", ("use-lcs", "gen-lcs")),
    Option("augment-host-linker-script", "aug-hls", F, REFUSED, "no linker script is made"),
    Option("relocatable-link", "r", F, DONE, "partial link of host objects"),
    Option("brief-diagnostics", "brief-diag", B, DONE, "diagnostics without the source line"),
    Option("jump-table-density", "jtd", Form.NUMBER, ACCEPTED, "each target decides on jump tables"),
    Option("relocatable-ptx", "reloc-ptx", F, ACCEPTED, "device code is linked as IR"),
    Option("device-stack-protector", "device-stack-protector", B, ACCEPTED, "device code has no stack canaries"),
    Option("frandom-seed", "frandom-seed", V, ACCEPTED, "outputs never depend on random numbers"),
    Option("sanitize", "sanitize", V, REFUSED, "device code is not instrumented"),
    Option("jobserver", "jobserver", F, DONE, "the processes of -t are bounded by those of make -j too, as they are without -t"),
    Option("help", "h", F, DONE, "print this text"),
    Option("version", "V", F, DONE, "print the version"),
    Option("options-file", "optf", L, DONE, "read options from a file"),
)
