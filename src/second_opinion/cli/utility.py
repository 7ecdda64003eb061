"""`second-opinion utility`: what selecting on a valid procedure gives."""

from __future__ import annotations

import click

from second_opinion.cli.output import json_option, require_json_place, write_json
from second_opinion.cli.utility_table import print_utility

SCHEMA = "second-opinion/utility/1"

_HELP = """What does selecting on a valid procedure give?

Everything follows from the validity. Leave out what you do not want to know of: without
--sd-performance there is no money, without --reliability no mean of several opinions.

\b
Examples:
  second-opinion utility --validity .42 --base-rate .6 --selection-ratio .33
  second-opinion utility --validity .42 --validity-before .19 --finalists 3 \\
      --sd-performance 288000 --tenure 3 --cost-per-applicant 25000
  second-opinion utility --validity .42 --reliability .44 --opinions 2 --sd-ratio .8
"""


@click.command(help=_HELP)
@click.option("--validity", type=float, required=True, help="Of one opinion, among applicants.")
@click.option("--validity-sd", type=float, default=0.0, help="From setting to setting.")
@click.option("--validity-before", type=float, default=0.0, help="Of what is done today.")
@click.option("--reliability", type=float, help="Of one opinion.")
@click.option("--opinions", type=int, default=1, show_default=True, help="How many, their mean.")
@click.option("--sd-ratio", type=float, help="Spread of finalists beside applicants.")
@click.option("--base-rate", type=float, default=0.6, show_default=True, help="Who succeed anyhow.")
@click.option("--selection-ratio", type=float, help="Hires over applicants.")
@click.option("--finalists", type=int, default=1, show_default=True, help="One is hired of these.")
@click.option("--hires", type=float, default=1.0, show_default=True, help="How many are hired.")
@click.option("--tenure", type=float, default=1.0, show_default=True, help="Years they stay.")
@click.option("--sd-performance", type=float, help="A year's worth of one standard deviation.")
@click.option("--cost-per-applicant", type=float, default=0.0, help="For each one assessed.")
@click.option("--overhead", type=float, default=0.0, help="What it costs however many there are.")
@json_option
def utility(*, json_target: str | None, **asked: float | None) -> None:
    from second_opinion.cli.utility_answer import answer_to  # SciPy: slow to import

    require_json_place(json_target)
    answer = {"schema": SCHEMA, **answer_to(asked)}
    if json_target:
        write_json(answer, json_target)
    else:
        print_utility(answer)
