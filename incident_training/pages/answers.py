"""What every answer shares: headers that keep a page to itself, and our own page when one fails."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from tornado.web import HTTPError, RequestHandler

from incident_training.pages import files

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (  # Safari does not take 'self' to mean our WebSocket too, so that is named
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'{socket}; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'self'; object-src 'none'"
)
UNTOLD = "null"  # the origin that Firefox tells under this Referrer-Policy
FOR_EVER = "public, max-age=31536000, immutable"
SAYS = {
    404: "There is no such page here.",
    405: "This address cannot be used like that.",
}
ELSE = "This did not work. What was saved is kept."

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "template"),
    autoescape=True,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals |= {"module": files.module, "style": files.style}


class Answer(RequestHandler):
    """An answer with our headers; when it fails, a page of ours that says so."""

    says = ""

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        socket = f" ws://{self.request.host}"
        self.set_header("Content-Security-Policy", POLICY.format(socket=socket))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        says = self.says or SAYS.get(status_code, ELSE)
        home = status_code != 403  # the way there is shut
        self.finish(TEMPLATES.get_template("error.html").render(says=says, home=home))


class Missing(Answer):
    """What is asked for at any address that is not ours."""

    def prepare(self) -> None:
        raise HTTPError(404)


class Front(Answer):
    """The module and the style sheet of all pages."""

    def get(self, name: str) -> None:
        served = {file.name: file for file in (files.module(), files.style())}
        if name not in served:
            raise HTTPError(404)
        self.set_header("Content-Type", f"{served[name].type}; charset=utf-8")
        self.set_header("Cache-Control", FOR_EVER)
        self.write(served[name].text)


class Leave(Answer):
    """The end of a page: its kernel goes, asked for by whoever knows its name.

    A browser that leaves can send a POST and nothing else, so no token is asked (voila#1458).
    """

    async def post(self, kernel_id: str) -> None:
        origin = self.request.headers.get("Origin")
        if origin not in (None, UNTOLD) and origin.partition("://")[2] != self.request.host:
            raise HTTPError(403)
        kernels = self.settings["kernel_manager"]
        if kernel_id in kernels:
            await kernels.shutdown_kernel(kernel_id)
        self.set_status(204)
