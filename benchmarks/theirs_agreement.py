"""The peers' side of agreement and generalizability."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

SIX = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")

LMER = """
if (!requireNamespace("lme4", quietly = TRUE)) quit(status = 9)
suppressMessages(library(lme4))
path <- commandArgs(TRUE)[1]
d <- read.csv(path)
d$pt <- interaction(d$p, d$t, drop = TRUE)
for (one in c("p", "r", "t")) d[[one]] <- factor(d[[one]])
seconds <- system.time(
  fit <- suppressWarnings(lmer(score ~ 1 + (1|p) + (1|r) + (1|t) + (1|pt), d))
)["elapsed"]
parts <- as.data.frame(VarCorr(fit))
cat(sprintf('{"seconds": %.6f', seconds))
for (row in seq_len(nrow(parts)))
  cat(sprintf(', "%s": %.9f', tolower(parts$grp[row]), parts$vcov[row]))
cat("}")
"""


def alpha(task: str, folder: Path) -> dict[str, Any]:
    import krippendorff
    import numpy as np

    table = np.load(folder / f"{task}.npy").T
    began = time.perf_counter()
    found = {
        metric: float(krippendorff.alpha(reliability_data=table, level_of_measurement=metric))
        for metric in ("nominal", "ordinal", "interval")
    }
    return {"seconds": time.perf_counter() - began, **found}


def icc(task: str, folder: Path) -> dict[str, Any]:
    import numpy as np
    import pandas as pd
    import pingouin

    table = np.load(folder / f"{task}.npy")
    unit, rater = (code.ravel() for code in np.indices(table.shape))
    frame = pd.DataFrame({"unit": unit, "rater": rater, "score": table.ravel()})
    began = time.perf_counter()
    found = pingouin.intraclass_corr(frame, targets="unit", raters="rater", ratings="score")
    seconds = time.perf_counter() - began
    return {"seconds": seconds, **dict(zip(SIX, map(float, found["ICC"]), strict=True))}


def g_study(task: str, folder: Path) -> dict[str, Any]:
    """The fit alone; starting R and reading are not counted."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return {"missing": "lme4, as there is no R on this machine"}
    done = subprocess.run(
        [rscript, "-e", LMER, str(folder / f"{task}.csv")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 9:
        return {"missing": "lme4, as this machine's R does not have it"}
    done.check_returncode()
    return json.loads(done.stdout)


TASKS = {"alpha": alpha, "icc": icc, "g_study": g_study}
