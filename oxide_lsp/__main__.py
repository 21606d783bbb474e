"""``python -m oxide_lsp``: the language server on standard input and output.

Assumes, guarantees and example: as :func:`oxide_lsp.server.main`.
"""

import sys

from oxide_lsp.server import main

sys.exit(main())
