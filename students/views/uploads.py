"""Uploads go to disk as they come in, and stop being kept where they are too large or too many."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponseBase

_STOPPED = "first_bell.upload_stopped"
_TOO_LARGE, _TOO_MANY = "too large", "too many"


@dataclass(frozen=True)
class Bound:
    """What a view takes: so many files, each of so many bytes as a setting says."""

    setting: str
    most_files: int


_ROSTER = Bound("ROSTER_UPLOAD_LIMIT_BYTES", 1)


def takes_uploads(setting: str, *, most_files: int) -> Callable:
    """Say of a view how large its files may be, and how many; it stands around the view's other decorators."""

    def bounded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        view.upload_bound = Bound(setting, most_files)  # type: ignore[attr-defined]
        return view

    return bounded


class LargestUpload(FileUploadHandler):
    """Stops at the limit, whatever the browser said the length is; the handlers after it keep what is below it."""

    _files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self._bytes = 0
        self._files += 1
        if self._files > self._bound.most_files:
            self._stop(_TOO_MANY)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on, while there are not too many. The rest is read and dropped, so that it can be answered."""
        self._bytes += len(raw_data)
        if self._bytes > getattr(settings, self._bound.setting):
            self._stop(_TOO_LARGE)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is another handler's."""

    @property
    def _bound(self) -> Bound:
        match = self.request.resolver_match if self.request else None
        return getattr(match.func, "upload_bound", _ROSTER) if match else _ROSTER

    def _stop(self, why: str) -> None:
        if self.request is not None:
            self.request.META[_STOPPED] = why
        raise StopUpload(connection_reset=False)


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of the request was larger than any that is taken."""
    return request.META.get(_STOPPED) == _TOO_LARGE


def were_too_many(request: HttpRequest) -> bool:
    """Whether the request had more files than are taken at once."""
    return request.META.get(_STOPPED) == _TOO_MANY
