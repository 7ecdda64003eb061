"""The peers' side of the timings; runs in .venv-bench and knows nothing of our package."""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import theirs_agreement
import theirs_facets
import theirs_matching
import theirs_questionnaire

# Our page is laid out for a screen, in a flex box that the peer would lay out anew for every page,
# and in larger type. As plain blocks in the type size of our PDF it is a fair match.
AS_ON_PAPER = """
html { font-size: 9.5pt !important }
html, body, main, article { display: block !important; max-width: none !important }
"""


def nested(task: str, folder: Path) -> dict[str, Any]:
    """Assessors belong to one candidate: a group is a candidate."""
    import pandas as pd
    import statsmodels.formula.api as smf

    table = pd.read_csv(folder / f"{task}.csv")
    began = time.perf_counter()
    fit = smf.mixedlm(
        "score ~ C(criterion)",
        table,
        groups="candidate",
        re_formula="1",
        vc_formula={"criterion": "0 + C(criterion)", "assessor": "0 + C(assessor)"},
    ).fit(reml=True)
    seconds = time.perf_counter() - began
    variance = dict(zip(fit.model.exog_vc.names, fit.vcomp, strict=True))
    return {
        "seconds": seconds,
        "candidate": float(fit.cov_re.iloc[0, 0]),
        "candidate_by_criterion": float(variance["criterion"]),
        "halo": float(variance["assessor"]),
        "residual": float(fit.scale),
    }


def crossed(task: str, folder: Path) -> dict[str, Any]:
    """Assessors meet many candidates: everything is one group."""
    import pandas as pd
    import statsmodels.formula.api as smf

    table = pd.read_csv(folder / f"{task}.csv")
    table["everything"] = 1
    table["seat"] = table["candidate"] * 1000 + table["assessor"]
    table["cell"] = table["candidate"] * 1000 + table["criterion"]
    parts = {
        "candidate": "candidate",
        "candidate_by_criterion": "cell",
        "severity": "assessor",
        "halo": "seat",
    }
    began = time.perf_counter()
    fit = smf.mixedlm(
        "score ~ C(criterion)",
        table,
        groups="everything",
        re_formula="0",
        vc_formula={name: f"0 + C({column})" for name, column in parts.items()},
    ).fit(reml=True)
    seconds = time.perf_counter() - began
    variance = dict(zip(fit.model.exog_vc.names, fit.vcomp, strict=True))
    return {
        "seconds": seconds,
        "residual": float(fit.scale),
        **{name: float(variance[name]) for name in parts},
    }


def report_pdf(task: str, folder: Path) -> dict[str, Any]:
    """The page that our side wrote, as a tagged PDF."""
    try:
        import weasyprint
    except OSError:
        return {"missing": "WeasyPrint found no Pango on this machine"}
    began = time.perf_counter()
    page = weasyprint.HTML(filename=str(folder / f"{task}.html"))
    document = page.render(stylesheets=[weasyprint.CSS(string=AS_ON_PAPER)], pdf_variant="pdf/ua-1")
    pdf = document.write_pdf()
    seconds = time.perf_counter() - began
    n_pages = len(document.pages)
    return {"seconds": seconds, "note": f"theirs {n_pages} pages, {len(pdf) / 1000:.0f} kB"}


TASKS = {
    "variances_nested": nested,
    "variances_crossed": crossed,
    "report_pdf": report_pdf,
    "report_full": report_pdf,
    **theirs_agreement.TASKS,
    **theirs_facets.TASKS,
    **theirs_questionnaire.TASKS,
    **theirs_matching.TASKS,
}


def main() -> None:
    warnings.simplefilter("ignore")  # the answer's agreement is what is looked at
    for line in sys.stdin:
        asked = json.loads(line)
        answer = TASKS[asked["task"]](asked["task"], Path(asked["folder"]))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
