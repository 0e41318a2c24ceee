"""Which CUDA APIs Crosswarp supports, with evidence, and which of them a program uses.

`catalogue` has one record for each API and tells its status on each device; `derive` reads the shim, the headers and the compiler's
tables for it; `calling` calls every entry of the runtime; `evidence` keeps which tests ran what; `scan` reads source trees and
binaries; `output` prints a scan; `report` draws the page; `peers` compares with what others publish.
"""
