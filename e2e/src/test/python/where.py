"""Prints where the command hf of this environment is."""

import sys
from pathlib import Path

print(Path(sys.prefix) / "bin" / "hf")
