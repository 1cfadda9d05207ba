"""How notebooks become pages.

gate       who may come in, asked of every request
answers    what all answers share: headers, an error page, the two files a page loads
opening    a notebook on its way to being a page: kernel, cells, template
kernels    which Python runs behind a page; one is always ready
internals  what we change inside Voila
server     the course served; port and lab beside it
"""

HOME = "index"  # the notebook that opens first
