"""The web container's health: whether it is ready, asked by the name under which it serves."""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection

asking = HTTPConnection("127.0.0.1", 8000, timeout=5)
asking.request("GET", "/readyz", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]})
sys.exit(asking.getresponse().status != HTTPStatus.OK)
