"""`import` as an author runs it, for tests: from a text to what is printed and what is said."""

from incident_training.authoring.timeline import say_import
from incident_training.library.read import read

DAY, ZONE = "2026-03-02", "Europe/Stockholm"


class Imports:
    """Imports texts into a folder; `capsys` holds what is printed."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys

    def run(self, content, name="timeline.md", date=DAY, zone=ZONE, **more):
        """Return the exit status, the draft as plain fields, its text and what stderr says."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        status = say_import(path, date=date, zone=zone, **more)
        out, err = self.capsys.readouterr()
        return status, read("draft.yaml", out.encode())[0].plain() if out else None, out, err

    def shown(self, content, *args, **more):
        """Import a text that can be read; return (clock, text) of each inject."""
        status, draft, _, err = self.run(content, *args, **more)
        assert status == 0, err
        return [(inject["at"], inject["text"]) for inject in draft["injects"]]

    def refused(self, content, *args, **more):
        """Import a text that cannot be read; return the lines said on stderr."""
        status, draft, _, err = self.run(content, *args, **more)
        assert (status, draft) == (1, None)
        return err.splitlines()
