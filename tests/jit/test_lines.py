"""What a target cannot do in a PTX module is told with the line of its text."""

import pytest
from crosswarp.driver.ptx_module import compile_module

TEXT = b""".version 8.0
.target sm_80
.address_size 64
.extern .func elsewhere();
.visible .entry kernel()
{
  call elsewhere;
}
"""


@pytest.mark.parametrize("options", [b"", b"line-info\0"])
def test_a_function_that_is_nowhere(tmp_path, capfd, options):
    for name, data in {"arch": b"gfx1100", "options": options, "kinds": b"1\0", "names": b"my.ptx\0", "input-0": TEXT}.items():
        (tmp_path / name).write_bytes(data)
    assert compile_module(tmp_path) == 1
    assert "my.ptx:7:3: error: unsupported: the undefined function 'elsewhere' on gfx1100" in capfd.readouterr().out
