import torch  # loads the libraries that the extension names

# isort: split
import raw_ops

x = torch.randn(1000)
expected = x * 2.5
assert raw_ops.scale(x.data_ptr(), x.numel(), 2.5) == 0
torch.testing.assert_close(x, expected, rtol=0, atol=0)
print("as torch says")
