"""Which Python runs behind a page: ours."""

from jupyter_client.kernelspec import KernelSpecManager


class OurPython(KernelSpecManager):
    """Kernels run on the Python that serves them, whatever `python3` a person has installed."""

    def _kernel_dirs_default(self) -> list[str]:
        return []  # nothing to look through: what is left is the interpreter's own kernel
