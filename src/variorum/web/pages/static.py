"""Style sheets and scripts."""

from __future__ import annotations

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from variorum.web.gate import PAGE_POLICY
from variorum.web.static_files import PREFIX, by_address

from .answering import Asked


@get(PREFIX + "{name:str}", sync_to_thread=False)
def static(request: Asked, name: FromPath[str]) -> Response[bytes]:
    file = by_address().get(name)
    if file is None:
        raise NotFoundException
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": PAGE_POLICY,  # a worker is under that of its own script
        "Vary": "Accept-Encoding",
    }
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(file.zipped if zipped else file.content, media_type=file.media_type, headers=headers)


HANDLERS = [static]
