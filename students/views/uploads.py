"""Uploads go to disk as they come in, and stop being kept where they are too large."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

_TOO_LARGE = "first_bell.upload_too_large"


class LargestUpload(FileUploadHandler):
    """Stops at the limit, whatever the browser said the length is; the handlers after it keep what is below it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self._bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on, while there are not too many. The rest is read and dropped, so that it can be answered."""
        self._bytes += len(raw_data)
        if self._bytes > settings.ROSTER_UPLOAD_LIMIT_BYTES:
            if self.request is not None:
                self.request.META[_TOO_LARGE] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is another handler's."""


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of the request was larger than any that is taken."""
    return bool(request.META.get(_TOO_LARGE))
