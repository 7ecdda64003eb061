"""Words planted in a case, and who must not see which of them in which stage."""

from dataclasses import dataclass

from second_opinion.cases.states import IS_OPENED, CaseState
from tests.journey.world import ALL_SEALED, PAST_DUE, STAGES

ROLE = "Zqrole"
CANDIDATE = "Zqcandidate"
QUESTION = "Zqquestion"
WHY = "Zqwhy"
WORDS = "Zqwords"  # what the candidate asks, and which adjustment they wish, and why
FIRST_OPINION = "Zqfirst"
SECOND_OPINION = "Zqsecond"
SAID = "Zqdiscussed"  # in the discussion after the opening
SHARED = "zqshared"  # with whom the report is shared
TIED = "Zqtied"  # the firm that ties an assessor to the candidate
RULED = "Zqruled"  # why a conflict of interest was decided so, and why an assessor was picked
REVISED = "Zqrevised"  # why a rating was revised
RESULT = "Zqresult"  # the name of an outside test that the coordinator entered
REFEREE = "Zqreferee"  # whom the candidate named
REFERENCE = "Zqreference"  # what that one saw
ANSWER = "Zqanswer"  # the candidate's, to the work sample
WRITTEN = "Zqwritten"  # by the report's author, of the candidate
ADVICE = "Zqadvice"  # by the same, on getting started: with a release of its own
MASKED = "zqmasked"  # a mail address in that answer, which raters get masked
FACT = "Zqfact"  # on a standard sheet that is not released
LEVEL = "Zqlevel"  # what raters saw in it
PAY, PRICE = "7918273", "73917"  # of the role, in a year; of one opinion
FILE_NAME = "Zqfilename"  # as the candidate called their CV
IN_FILE = "Zqincv"  # what stands in it
FACE = "Zqface"  # the picture in it

PROVIDER = frozenset({"coordinator", "colleague"})
CLIENT = frozenset({"orderer", "decider"})
ORDERERS = frozenset({"orderer", "other orderer"})
DECIDERS = frozenset({"decider"})
ASSESSORS = frozenset({"first assessor", "second assessor"})
SECOND = frozenset({"second assessor"})
ASKED = ASSESSORS | {"asked assessor"}  # what a case is about, before its file

BEFORE_THE_OPENING = frozenset(STAGES) - IS_OPENED
# The second assessor has not begun: the assessment is not started, or the first not sealed.
BEFORE_THE_SECOND = BEFORE_THE_OPENING - {CaseState.IN_ASSESSMENT, PAST_DUE, ALL_SEALED}
BEFORE_THE_RELEASE = BEFORE_THE_OPENING | {CaseState.OPENED}


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that nobody sees but those named: always, or from a stage on.

    While an order is being written, its client's orderers see it and nobody else.
    """

    words: str
    always: frozenset[str]
    once_begun: frozenset[str] = frozenset()  # who may begin to assess when the first is sealed
    once_opened: frozenset[str] = frozenset()
    once_released: frozenset[str] = frozenset()

    def is_for(self, who: str, stage: str) -> bool:
        if stage == CaseState.DRAFT:
            return who in ORDERERS and "orderer" in self.always
        return (
            who in self.always
            or (who in self.once_begun and stage not in BEFORE_THE_SECOND)
            or (who in self.once_opened and stage not in BEFORE_THE_OPENING)
            or (who in self.once_released and stage not in BEFORE_THE_RELEASE)
        )


SECRETS = (
    Secret(ROLE, always=PROVIDER | CLIENT | ASKED | {"rater"}),
    Secret(CANDIDATE, always=PROVIDER | CLIENT | ASKED),  # raters get a letter
    Secret(QUESTION, always=PROVIDER | CLIENT),
    Secret(WHY, always=PROVIDER | CLIENT),
    Secret(WORDS, always=PROVIDER),
    Secret(
        FIRST_OPINION,
        always=frozenset({"first assessor"}),
        once_opened=PROVIDER | ASSESSORS,
        once_released=CLIENT | DECIDERS,
    ),
    Secret(
        SECOND_OPINION,
        always=frozenset({"second assessor"}),
        once_opened=PROVIDER | ASSESSORS,
        once_released=CLIENT | DECIDERS,
    ),
    Secret(SAID, always=frozenset(), once_opened=PROVIDER | ASSESSORS),
    Secret(
        REVISED,
        always=frozenset(),
        once_opened=PROVIDER | ASSESSORS,
        once_released=CLIENT | DECIDERS,
    ),
    Secret(WRITTEN, always=frozenset(), once_opened=PROVIDER, once_released=CLIENT | DECIDERS),
    Secret(ADVICE, always=frozenset(), once_opened=PROVIDER),
    Secret(RESULT, always=PROVIDER, once_opened=ASSESSORS, once_released=CLIENT | DECIDERS),
    Secret(TIED, always=PROVIDER),
    Secret(RULED, always=PROVIDER),
    Secret(REFEREE, always=PROVIDER, once_opened=ASSESSORS),
    Secret(REFERENCE, always=frozenset(), once_opened=PROVIDER | ASSESSORS),
    # The coordinator has compared it with what is masked, which the log notes.
    Secret(ANSWER, always=frozenset({"rater", "coordinator"}), once_opened=PROVIDER | ASSESSORS),
    Secret(MASKED, always=frozenset({"coordinator"})),
    Secret(FACT, always=frozenset({"coordinator"})),
    Secret(LEVEL, always=frozenset({"rater"}), once_opened=PROVIDER | ASSESSORS),
    Secret(PAY, always=ORDERERS),
    Secret(PRICE, always=ORDERERS, once_opened=PROVIDER),
    Secret(FILE_NAME, always=PROVIDER, once_opened=SECOND),
    Secret(IN_FILE, always=PROVIDER, once_begun=SECOND),
    Secret(FACE, always=PROVIDER, once_opened=SECOND),
    Secret(SHARED, always=frozenset(), once_released=PROVIDER | frozenset({"orderer"})),
)
# What lies in the database encrypted under the case's key, drafts too.
ENCRYPTED = (FIRST_OPINION, SECOND_OPINION, WORDS, SAID, REVISED, RESULT, RULED, WRITTEN, ADVICE)
ENCRYPTED += (ANSWER, MASKED, FACT, FILE_NAME, IN_FILE)
