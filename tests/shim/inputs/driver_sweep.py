"""driver_sweep <libcuda.so.1> <entry>...: calls every entry with zeros, before and after cuInit; a crash names itself."""

import ctypes
import sys

MOST_PARAMETERS = 16
CODES = {*range(9), 34, 36, 46, 100, 101, 102, *range(200, 227), *range(300, 305), *range(400, 403), 500, 600, *range(700, 722),
         *range(800, 813), *range(900, 916), 999}


def main() -> None:
    library = ctypes.CDLL(sys.argv[1])
    zeros = [ctypes.c_void_p(0)] * MOST_PARAMETERS
    for name in sys.argv[2:]:
        print(f"{name} before cuInit", flush=True)
        code = getattr(library, name)(*zeros)
        assert code in CODES, (name, code)
    context = ctypes.c_void_p()
    assert library.cuInit(0) == 0
    assert library.cuCtxCreate_v2(ctypes.byref(context), 0, 0) == 0
    for name in sys.argv[2:]:
        print(name, flush=True)
        code = getattr(library, name)(*zeros)
        assert code in CODES, (name, code)
        library.cuCtxSetCurrent(context)
    print("done")


main()
