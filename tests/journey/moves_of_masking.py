"""The moves of masked documents: part of the one table of moves."""

from second_opinion.cases.states import IS_OPENED, CaseState
from second_opinion.ingest.redaction import Kind
from second_opinion.instruments import services as instruments
from second_opinion.instruments.states import DocumentKind
from second_opinion.opinions import services as opinions
from tests.journey.move import PROVIDER, Move
from tests.journey.world import ASSESSMENT, NothingError


def _on_the_open_sheet(service, **arguments):
    """By who has its original open: in this world the coordinator, and not the colleague."""
    return Move(
        do=lambda world, actor: service(actor=actor, document=world.masked, **arguments),
        by=frozenset({"coordinator"}),
        stages=ASSESSMENT,
    )


def _open_original(world, actor, *, is_opened):
    if (world.case.state in IS_OPENED) is not is_opened:
        raise NothingError
    document = world.released if is_opened else world.masked
    opinions.open_original(actor=actor, document=document)


def _open_answer(world, actor, *, is_opened):
    if (world.case.state in IS_OPENED) is not is_opened:
        raise NothingError
    opinions.open_answer(actor=actor, candidacy=world.candidacy)


MOVES_OF_MASKING = {
    "instruments.choose_masking": Move(
        do=lambda world, actor: instruments.choose_masking(
            actor=actor, case=world.case, is_masked=True
        ),
        by=PROVIDER,
        stages=frozenset({CaseState.PROFILE_LOCKED}),  # in assessment, raters are asked
    ),
    "opinions.choose_masking": Move(
        do=lambda world, actor: opinions.choose_masking(
            actor=actor, case=world.case, is_masked=True
        ),
        by=PROVIDER,
        stages=frozenset({CaseState.PROFILE_LOCKED}),
    ),
    "opinions.open_answer before the opening": Move(
        do=lambda world, actor: _open_answer(world, actor, is_opened=False),
        by=PROVIDER,
        stages=ASSESSMENT,
    ),
    "opinions.open_answer in the discussion": Move(
        do=lambda world, actor: _open_answer(world, actor, is_opened=True),
        by=PROVIDER | {"first assessor", "second assessor"},
        stages=IS_OPENED,
    ),
    "instruments.prepare_document": Move(
        do=lambda world, actor: instruments.prepare_document(
            actor=actor, candidacy=world.candidacy, kind=DocumentKind.ANSWER
        ),
        by=PROVIDER,
        stages=ASSESSMENT,
    ),
    "opinions.open_original before the opening": Move(
        do=lambda world, actor: _open_original(world, actor, is_opened=False),
        by=PROVIDER,
        stages=ASSESSMENT,
    ),
    "opinions.open_original in the discussion": Move(
        do=lambda world, actor: _open_original(world, actor, is_opened=True),
        by=PROVIDER | {"first assessor", "second assessor"},
        stages=IS_OPENED,
    ),
    "instruments.write_facts": _on_the_open_sheet(
        instruments.write_facts, facts={"experience": "Bought; 12"}
    ),
    "instruments.write_text": _on_the_open_sheet(instruments.write_text, text="Bought."),
    "instruments.mask_more": _on_the_open_sheet(
        instruments.mask_more, words="Sold", kind=Kind.ORGANISATION, reason="A firm."
    ),
    "instruments.show_after_all": _on_the_open_sheet(
        instruments.show_after_all, words="Sold", reason="No firm."
    ),
    "instruments.release_document": _on_the_open_sheet(
        instruments.release_document, has_compared=True
    ),
}
