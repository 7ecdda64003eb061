"""Cases drawn by chance from what the report must bear; one number gives one case."""

import random

from second_opinion.ingest.case_file import CaseFile, CriterionEntry, OpinionEntry, RatingEntry
from tests.reports.case_files import FIRST, SECOND, THIRD

NAMES = (
    *("Åsa Öberg", "Björn Wåhlin", "Gun-Britt Söderström Ängsmyr", "Pär Hägg"),
    *("Mary O'Neill", "John Smith-Jones Jr.", "Siobhán D'Arcy", "X"),
    *("محمد العربي", "فاطمة الزهراء بنت علي", "ليلى", "Omar عمر"),
    *("Kim 😀", "👩‍🚀 Alex", "🎉🎉", "李小龙"),
)
VOCABULARY = {
    "sv": "hon ledde omställningen själv och bad om råd när budgeten överskreds på våren",
    "en": "she led the change herself and asked for advice when the budget was overrun",
    "ar": "قادت التغيير بنفسها وطلبت المشورة عندما تجاوزت الميزانية في الربيع",
    "odd": "#let $x$ *b* _i_ <b>@r</b> {{a}} {%b%} \\n 😀 naïve–œuvre №7 //c [U+0041]",
}
MOST_EVIDENCE = 5000  # characters, of one opinion


def case_of(seed):
    """One to three finalists, one to five assessors, from nothing to everything observed."""
    chance = random.Random(seed)
    candidates = chance.sample(NAMES, chance.randint(1, 3))
    assessors = chance.sample([name for name in NAMES if name not in candidates], 5)
    criteria = _criteria(chance)
    observed = chance.choice([0.0, 1.0, chance.random()])
    kinds = (FIRST, SECOND, THIRD, THIRD, THIRD)[: chance.randint(1, 5)]
    return CaseFile(
        role=_words(chance, chance.choice([3, 60])),
        client=_words(chance, 30),
        provider=_words(chance, 30),
        reference=f"R-{seed}",
        language=chance.choice(["sv", "en"]),
        open_questions=tuple(_words(chance, 120) for _ in range(chance.randint(0, 3))),
        scale_low=1,
        scale_high=5,
        bar=chance.choice([1, 2.75, 3, 5]),
        criteria=criteria,
        candidates=tuple(candidates),
        opinions=tuple(
            _opinion(chance, criteria, observed, assessor=who, candidate=candidate, kind=kind)
            for candidate in candidates
            for who, kind in zip(assessors, kinds, strict=False)
        ),
    )


def _criteria(chance):
    number = chance.randint(1, 6)
    return tuple(
        CriterionEntry(
            name=f"{_words(chance, 25).capitalize()} {place}",
            weight=100 / number,
            minimum=chance.choice([None, 2, 3.5]),
            definition=_words(chance, chance.choice([0, 200])),
            anchors={level: _words(chance, 80) for level in chance.sample([1, 3, 5], 2)},
        )
        for place in range(number)
    )


def _opinion(chance, criteria, observed, **who):
    room = chance.choice([0, chance.randint(0, MOST_EVIDENCE), MOST_EVIDENCE])
    shares = [chance.random() for _ in criteria]
    return OpinionEntry(
        **who,
        conclusion=_words(chance, chance.choice([0, 400])),
        ratings=tuple(
            RatingEntry(
                criterion=criterion.name,
                score=chance.choice([1, 2, 3, 3.5, 4, 5]),
                evidence=tuple(filter(None, (_words(chance, int(room * share / sum(shares))),))),
            )
            if chance.random() < observed
            else RatingEntry(
                criterion=criterion.name, score=None, reason_not_observed=_words(chance, 60)
            )
            for criterion, share in zip(criteria, shares, strict=True)
        ),
    )


def _words(chance, length):
    """About so many characters, in one language or another, in paragraphs where they are many."""
    vocabulary = VOCABULARY[chance.choice(list(VOCABULARY))].split()
    words, used = [], 0
    while used < length:
        words.append(chance.choice(vocabulary))
        used += len(words[-1]) + 1
        if chance.random() < 0.01:
            words.append("\n")
    return " ".join(words)[:length].strip()
