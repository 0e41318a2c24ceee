"""Words for the host compiler (`-Xcompiler`) as clang's words: builds write them for g++.

A word means one of four things here. Clang knows it: it passes, which is the rule for every word that no table names. It only
steers g++'s optimisers, reports or messages: it is left out. Clang spells it otherwise: it is translated. It would change what the
program does and clang cannot do it: it is refused by name. Facts: `g++ --help=common,optimizers,c++,target` of GCC 9 to 15,
each option tried with clang.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosswarp.support.diagnostics import user_error

_OPTIMISERS = """
aggressive-loop-optimizations allocation-dce allow-store-data-races auto-inc-dec bit-tests branch-.* btr-bb-.* caller-saves
code-hoisting combine-stack-adjustments compare-elim conserve-stack cprop-registers cr.*jumping cse-.* d[cs]e
declone-ctor-dtor defer-pop delayed-branch delete-dead-exceptions devirtualize.* early-inlining expensive-optimizations
ext-dce fold-mem-offsets fold-simple-inlines forward-propagate function-cse gcse.* gnu-unique graphite.*
guess-branch-probability hoist-adjacent-loads huge-objects if-conversion2? indirect-inlining
inline-(small-)?functions-called-once inline-small-functions inline-limit[-=].* inline-stringops.* ipa-.* ira-.*
isolate-erroneous-paths-.* ivopts keep-gc-roots-live keep-inline-functions keep-static-functions lifetime-dse.*
limit-function-alignment live-patching.* live-range-shrinkage loop-.* lra-remat malloc-dce.* merge-(debug-strings|constants)
modulo-sched.* move-loop-(invariants|stores) nothrow-opt optimize-(register-move|strlen) partial-inlining peel-loops
peephole2? predictive-commoning prefetch-loop-arrays printf-return-value
profile-(correction|partial-training|reorder-functions|values|reproducible=.*) ree regmove rename-registers reorder-.*
rerun-.* reschedule-.* sched-.* sched2-.* schedule-.* section-anchors sel-sched-.* selective-scheduling2? shrink-wrap.*
simd-cost-model=.* split-(ivs-in-unroller|ldst|loops|paths|wide-types.*) ssa-.* stack-reuse=.* stdarg-opt store-merging
strength-reduce thread-jumps toplevel-reorder tracer trampolines tree-.* unconstrained-commons unit-at-a-time
unreachable-traps unroll-(all-loops|completely-grow-size|jam) unsafe-loop-optimizations unswitch-loops
use-cxa-get-exception-ptr var-tracking.* variable-expansion-in-unroller vect-cost-model.* version-loops-for-strides vpt web
whole-program zee align-(jumps|labels)(=.*)? avoid-store-forwarding cprop.* late-combine-.* float-store
fp-int-builtin-inexact
"""
_MESSAGES = """
analyzer.* callgraph-info.* canonical-system-headers checking.* compare-debug.* concepts-diagnostics-depth=.* debug-cpp
diagnostics-(show-(caret|labels|path-depths|cwe|rules|highlight-colors)|urls=.*|plain-output|generate-patch|column-.*|escape-format=.*|minimum-margin-width=.*|path-format=.*|text-art-charset=.*|all-candidates|format=(text|json.*|sarif.*)|add-output=.*|set-output=.*)
dump-.* elide-type eliminate-dwarf2-dups eliminate-unused-debug-(symbols|types) max-include-depth=.* mem-report.* opt-info.*
optional-diags pch-deps pretty-templates profile-report report-bug stats time-report-details track-macro-expansion(=.*)?
working-directory large-source-files
"""
# Parts of the language: what they allow, clang allows without them, or an error at the source's own line says so.
_LANGUAGE = """
abi-(compat-)?version=(0|1[0-9]|2[0-9]) coroutines concepts(-ts)? implicit-constexpr constexpr-(cache-depth|loop-limit)=.*
constexpr-fp-except strong-eval-order(=.*)? ext-numeric-literals enforce-eh-specs extern-tls-init new-inheriting-ctors
new-ttp-matching nonansi-builtins vtable-verify=none default-inline
"""
_MACHINE = (
    "m(no-)?(accumulate-outgoing-args|align-stringops|avx256-split-unaligned-(load|store)|inline-(all-)?stringops(-dynamically)?|"
    "push-args|stv|vzeroupper|8bit-idiv|fancy-math-387|needed|relax-cmpxchg-loop|dispatch-scheduler|tls-direct-seg-refs-opt)|"
    "m(align-data|branch-cost|memcpy-strategy|memset-strategy|move-max|store-max|stringop-strategy|tune-ctrl|veclibabi|"
    "large-data-threshold)=.*|m(128bit-long-double|glibc|prefer-avx128|no-avx512(er|pf)|no-avx5124(fmaps|vnniw)|no-(3dnow|mpx|xop|sse5))|mtune=(intel|lujiazui|yongfeng|shijidadao|iamcu|x86-64)|"
    "mpreferred-stack-boundary=4|mincoming-stack-boundary=4"
)
_DEBUG = ("g(no-)?(statement-frontiers|variable-location-views.*|inline-points|internal-reset-location-views|describe-dies|"
          "as-loc.*|toggle)")
# Link-time optimisation is left to the other objects of a program: g++ cannot read clang's bitcode.
_LINK_TIME = "flto.*|fno-lto|f(no-)?fat-lto-objects|f(no-)?use-linker-plugin|fwpa.*|foffload=(disable|default)"


def _family(names: str) -> str:
    return "f(no-)?(" + "|".join(names.split()) + ")"


_LEFT_OUT = re.compile("-(" + "|".join([*map(_family, (_OPTIMISERS, _MESSAGES, _LANGUAGE)), _MACHINE, _DEBUG, _LINK_TIME]) + ")")
_TRANSLATED = (
    (r"-Ofast", ("-O3", "-ffast-math")),
    (r"-fmax-errors=(\d+)", (r"-ferror-limit=\1",)),
    (r"-fconstexpr-ops-limit=(\d+)", (r"-fconstexpr-steps=\1",)),
    (r"-fsingle-precision-constant", ("-Xclang", "-cl-single-precision-constant")),
    (r"-p", ("-pg",)),
    (r"-mabm", ("-mlzcnt", "-mpopcnt")),
    (r"-W(error=)?(implicit-fallthrough|shift-overflow|format-overflow|format-truncation|unused-const-variable|array-bounds)=\d",
     (r"-W\1\2",)),
)
# Their counters are kept by GCC's own library, which clang's code does not fit.
_COUNTERS = re.compile("-{1,2}coverage|-ftest-coverage|-f(no-)?(profile-.*|auto-profile.*)")
# They change values or layouts.
_REFUSED = {
    "-funsigned-bitfields": "bit-fields are signed",
    "-fsignaling-nans": "signalling NaNs are not kept apart",
    "-fgnu-tm": "there is no transactional memory",
    "-fcilkplus": "there is no Cilk",
    "-freg-struct-return": "structures are returned as the x86-64 ABI says",
}


_WITH_VALUE = ("-D", "-U", "-I", "-isystem", "-iquote", "-idirafter", "-include", "-Xclang", "-mllvm", "-Xpreprocessor", "-x")


def clang_words(words: Sequence[str]) -> list[str]:
    """The words that clang gets for a CUDA source's host side. Raises `CompileError` for one that cannot be followed."""
    return list(_translate(iter(words)))


def warning(words: Sequence[str]) -> str:
    """What is to be said of words that are left out although they ask for something; empty where there is nothing."""
    counters = [word for word in words if _COUNTERS.fullmatch(word) and not word.startswith("-fno-")]
    if not counters:
        return ""
    return f"warning: '{counters[0]}': host code of CUDA sources is not instrumented, only that of .cpp files [CW2018]\n"


def _translate(words: Iterator[str]) -> Iterator[str]:
    for word in words:
        if word in _REFUSED:
            raise user_error(f"'{word}' is not possible for the host side of CUDA sources: {_REFUSED[word]}", "CW1104",
                             hint="compile the file that needs it as .cpp, which goes to the host compiler itself")
        if word == "--param":
            next(words, "")
        elif word.startswith("--param=") or _LEFT_OUT.fullmatch(word) or _COUNTERS.fullmatch(word):
            continue
        elif word in _WITH_VALUE:
            yield from (word, next(words, ""))
        else:
            yield from _spelled(word)


def _spelled(word: str) -> list[str]:
    # The images take the place of a smaller global, whose surroundings must not be guarded.
    if re.match(r"-fsanitize=(?:.*,)?(?:kernel-|hw)?address\b", word):
        return [word, "-mllvm", "-asan-globals=0"]
    for pattern, replacement in _TRANSLATED:
        match = re.fullmatch(pattern, word)
        if match:
            return [match.expand(part) for part in replacement]
    return [word]
