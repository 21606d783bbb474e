"""The server with the toy analysis and the toy jobs: ``python -m tests.lsp.toy_server``."""

import logging
import os
import sys

from oxide_lsp.server import serve
from tests.lsp.toy_host import ToyHost

if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, level=os.environ.get("OXIDE_LOG", "WARNING"))
    serve(ToyHost, "tests.lsp.toy_jobs")
