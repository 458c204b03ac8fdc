"""Options of the commands about the data of one person or case: `affil hold`, `affil purge`, `affil person-data`."""

from __future__ import annotations

from typing import Annotated

import typer

from affil.commands.common import H

Employer = Annotated[str | None, typer.Option("--employer", help=H("retention.option.employer"))]
Why = Annotated[str | None, typer.Option("--why", help=H("retention.option.why"))]
