"""``python -m oxide_lsp``: the language server on standard input and output.

Assumes, guarantees and example: as :func:`oxide_lsp.launch.main`.
"""

import sys

from oxide_lsp.launch import main

sys.exit(main())
