"""How notebooks become pages: stand-alone Voila with our configuration, template and style."""

HOME = "index.ipynb"  # the notebook that opens first
