"""`python -m kientoan COMMAND …`."""

import sys

from kientoan.site.cli import main

sys.exit(main())
