"""The exact statistics agree with R's: with its recorded answers always, with R itself where it is asked for."""

import shutil
import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
import r_cross_check


def test_every_exact_statistic_agrees_with_rs_recorded_answers_on_500_tables():
    answers = pd.read_csv(r_cross_check.ANSWERS)
    assert len(answers) == r_cross_check.TABLES == 500
    apart = r_cross_check.differences(answers).max()
    assert (apart <= r_cross_check.AGREE).all(), apart.to_string()


def test_a_statistic_that_differs_from_rs_is_noticed():
    answers = pd.read_csv(r_cross_check.ANSWERS)
    finite = answers["ratio_high"].between(1e-3, 1e3).idxmax()
    answers.loc[finite, "ratio_high"] *= 1 + 1e-7
    assert r_cross_check.differences(answers)["ratio_high"].max() > r_cross_check.AGREE


@pytest.mark.slow
@pytest.mark.r
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not here; Debian has it as r-base-core")
def test_rs_recorded_answers_are_what_r_answers_now():
    answers, _ = r_cross_check.ask_r()
    assert (r_cross_check.differences(answers).max() <= r_cross_check.AGREE).all()
