"""Open the course in JupyterLab, on a copy of the notebooks that belongs to the person."""

import shutil
from pathlib import Path

from jupyterlab.labapp import LabApp

from incident_training import __version__, places
from incident_training.pages import HOME
from incident_training.pages.port import ADDRESS, number, take


def lab(*, port: int, open_browser: bool) -> None:
    """Serve JupyterLab until Ctrl-C, or raise CannotServe; installed notebooks stay untouched."""
    sockets = take(port)
    port = number(sockets)
    for held in sockets:  # JupyterLab takes it itself; we only wanted to know
        held.close()
    folder = copy(places.notebooks(), places.data_folder() / f"notebooks-{__version__}")
    LabApp.launch_instance(options(folder, port=port, open_browser=open_browser))


def copy(notebooks: Path, folder: Path) -> Path:
    """Return `folder` with every notebook in it; what is there, and may be edited, is kept.

    Raises CannotKeep, naming the file, where one cannot be written.
    """
    for source in sorted(notebooks.rglob("*")):
        target = folder / source.relative_to(notebooks)
        if source.is_file() and ".ipynb_checkpoints" not in source.parts and not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
            except OSError as error:
                why = f"{error.strerror}. Name a folder you can write to: --data DIR"
                raise places.CannotKeep(
                    f"{target}: your copy cannot be kept here: {why}"
                ) from error
    return folder


def options(folder: Path, *, port: int, open_browser: bool) -> list[str]:
    """Return the command line of JupyterLab: this computer only, and no request to another."""
    return [
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.ip={ADDRESS}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.open_browser={open_browser}",
        "--ServerApp.answer_yes=True",  # Ctrl-C ends it without asking
        "--ServerApp.allow_root=True",  # as containers do; it listens to this computer only
        "--Application.log_level=WARN",
        "--ServerApp.kernel_spec_manager_class=incident_training.pages.kernels.OurPython",
        f"--LabApp.default_url=/lab/tree/{HOME}.ipynb",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
