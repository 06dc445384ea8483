"""`python -m service` is the `relais` command, for a Relais that starts itself."""

from service.cli import main
from service.launcher import follow_launcher

follow_launcher()
main()
