"""CUDA rules for Bazel 4 and later, in one file: `cuda_toolkit` in WORKSPACE, `cuda_library` in BUILD files.

The toolkit is the folder in `CUDA_PATH`, or that of the `nvcc` on PATH. `cc_*` rules depend on a `cuda_library` as on any other.
"""

_HEADERS = [".h", ".hpp", ".cuh", ".inl"]

def _cuda_toolkit_impl(repository):
    home = repository.os.environ.get("CUDA_PATH")
    if not home:
        nvcc = repository.which("nvcc")
        home = nvcc and nvcc.dirname.dirname
    if not home:
        fail("no CUDA toolkit: set CUDA_PATH, or have nvcc on PATH")
    repository.symlink(home, "cuda")
    repository.file("BUILD", """
package(default_visibility = ["//visibility:public"])
exports_files(["cuda/bin/nvcc"])
cc_library(
    name = "cudart",
    srcs = ["cuda/lib64/libcudart_static.a"],
    hdrs = glob(["cuda/include/**"]),
    includes = ["cuda/include"],
    linkopts = ["-ldl", "-lpthread", "-lrt"],
)
""")

cuda_toolkit = repository_rule(implementation = _cuda_toolkit_impl, environ = ["CUDA_PATH", "PATH"], local = True)

def _options(context, compilation):
    names = {
        "-D": [compilation.defines],
        "-I": [compilation.includes, compilation.quote_includes],
        "-isystem=": [compilation.system_includes],
    }
    words = [prefix + value for prefix, lists in names.items() for values in lists for value in values.to_list()]
    return words + ["-I."] + ["-gencode=arch=compute_%s,code=sm_%s" % (sm, sm) for sm in context.attr.sms] + context.attr.copts

def _run(context, progress, inputs, outputs, arguments):
    context.actions.run(
        mnemonic = "Cuda",
        progress_message = "%s %s" % (progress, outputs[0].short_path),
        executable = context.file._nvcc,
        arguments = arguments,
        inputs = inputs,
        outputs = outputs,
        use_default_shell_env = True,
    )

def _cuda_archive_impl(context):
    compilation = cc_common.merge_cc_infos(cc_infos = [dep[CcInfo] for dep in context.attr.deps]).compilation_context
    sources = [file for file in context.files.srcs if "." + file.extension not in _HEADERS]
    inputs = depset(context.files.srcs + context.files.hdrs, transitive = [compilation.headers])
    options = _options(context, compilation) + ["-Xcompiler=-fPIC"]
    objects = []
    for source in sources:
        object = context.actions.declare_file("%s/%s.o" % (context.label.name, source.basename))
        compile = ["-dc" if context.attr.rdc else "-c", "-x", "cu", source.path, "-o", object.path]
        _run(context, "Compiling", inputs, [object], options + compile)
        objects.append(object)
    if context.attr.rdc:
        linked = context.actions.declare_file("%s/device_link.o" % context.label.name)
        _run(context, "Device linking", objects, [linked], ["-dlink", "-Xcompiler=-fPIC", "-o", linked.path] + [file.path for file in objects])
        objects.append(linked)
    archive = context.actions.declare_file("lib%s.a" % context.label.name)
    _run(context, "Archiving", objects, [archive], ["-lib", "-o", archive.path] + [file.path for file in objects])
    return [DefaultInfo(files = depset([archive]))]

_cuda_archive = rule(
    implementation = _cuda_archive_impl,
    attrs = {
        "srcs": attr.label_list(allow_files = [".cu", ".cpp", ".cc"] + _HEADERS),
        "hdrs": attr.label_list(allow_files = True),
        "deps": attr.label_list(providers = [CcInfo]),
        "copts": attr.string_list(),
        "sms": attr.string_list(default = ["80"]),
        "rdc": attr.bool(),
        "_nvcc": attr.label(default = "@local_cuda//:cuda/bin/nvcc", allow_single_file = True),
    },
)

def cuda_library(name, srcs, hdrs = [], deps = [], copts = [], sms = ["80"], rdc = False, **common):
    """A library of CUDA sources.

    Args:
      name: its label; `cc_*` rules and other cuda_library rules may depend on it.
      srcs: `.cu` files, and headers of their own.
      hdrs: headers of those who depend on it.
      deps: libraries whose headers the sources include.
      copts: words for nvcc.
      sms: architectures, `["80", "90"]`.
      rdc: device code of one file calls that of another of the same library.
      **common: attributes of every rule, such as visibility.
    """
    _cuda_archive(name = name + "_archive", srcs = srcs, hdrs = hdrs, deps = deps, copts = copts, sms = sms, rdc = rdc)
    native.cc_library(
        name = name,
        srcs = [":%s_archive" % name],
        hdrs = hdrs,
        deps = deps + ["@local_cuda//:cudart"],
        **common
    )
