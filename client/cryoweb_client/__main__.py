"""python -m cryoweb_client: the same as the command `cryoweb`."""

import sys

from cryoweb_client.commands import main

sys.exit(main())
