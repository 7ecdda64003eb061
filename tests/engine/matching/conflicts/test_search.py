"""The search goes only where an assessor can be met, and finds what trying every way finds."""

from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.matching.conflicts import Limits, Party, Relation, find_conflicts
from second_opinion.engine.matching.conflicts.index import compared
from second_opinion.engine.matching.names import Likeness

NAMES = ["Anna Lindqvist", "Lindqvist Anna", "A. Lindqvist", "Anna Lindkvist", "Kim Berg", "Kim"]
FIRMS = ["Nordljus AB", "Nordljus", "Havsören AB"]
MAILS = ["", "", "anna@example.com", "Anna@example.com", "kim@example.com"]
MANY = 2_000

people = st.builds(
    Party,
    key=st.just("p"),
    name=st.sampled_from(NAMES),
    mail=st.sampled_from(MAILS),
    former=st.sampled_from([(), (), ("Lindqvist",)]),
)
firms = st.builds(Party, key=st.just("f"), name=st.sampled_from(FIRMS), is_firm=st.just(True))


@st.composite
def registers(draw):
    parties = draw(st.lists(people | firms, min_size=3, max_size=9))
    places = st.integers(0, len(parties) - 1)
    ends = draw(st.lists(st.tuples(places, places), max_size=9))
    relations = [
        Relation(key=f"r{number}", kind="tie", one=one, other=other, ended=float("inf"))
        for number, (one, other) in enumerate(ends)
    ]
    sides = {"candidate": draw(st.sets(places, min_size=1)), "client": draw(st.sets(places))}
    return parties, relations, sides, draw(st.sets(places, min_size=1))


@given(registers(), st.integers(1, 3))
def test_it_finds_what_trying_every_way_finds(register, longest):
    parties, relations, sides, assessors = register
    found = find_conflicts(
        parties,
        relations,
        sides=sides,
        assessors=assessors,
        limits=Limits(longest=longest, earliest=0.0),
    )

    assert [(one.side, one.target, _steps(one.links), one.assessor) for one in found] == [
        (side, target, steps, assessor)
        for side, targets in sides.items()
        for target in sorted(targets)
        for steps, assessor in every_way(
            target, parties, relations, assessors, longest, (), targets
        )
    ]


def test_a_name_that_thousands_bear_at_one_employer_leads_nowhere_by_itself():
    """Tried one by one, the ways through them would be thousands to the third power."""
    parties, relations, anna, kim = crowd()
    nobody = find(parties, relations, anna, kim)
    relations.append(tie(kim + 1, anna))
    found = find(parties, relations, anna, kim)

    assert nobody == []
    assert [_steps(one.links) for one in found] == [((kim, kim + 1), relations[-1].key)]


def test_every_namesake_that_leads_to_the_assessor_is_a_question():
    parties, relations, anna, kim = crowd()
    relations.append(tie(anna, kim - 1))

    assert len(find(parties, relations, anna, kim)) == MANY


def crowd():
    """Many called Kim Berg who all were at one firm; an assessor who was not, and a candidate."""
    anna, firm, kim = 0, 1, 2
    parties = [
        Party(key="anna", name="Anna Lindqvist"),
        Party(key="firm", name="Nordljus AB", is_firm=True),
        Party(key="kim", name="Kim Berg", mail="kim@example.com"),
    ]
    parties += [
        Party(key=f"kim {number}", name="Kim Berg", mail=f"kim{number}@example.com")
        for number in range(MANY)
    ]
    return parties, [tie(place, firm) for place in range(kim + 1, len(parties))], anna, kim


def tie(one, other):
    return Relation(key=f"{one}-{other}", kind="tie", one=one, other=other, ended=float("inf"))


def find(parties, relations, assessor, candidate):
    return find_conflicts(
        parties,
        relations,
        sides={"candidate": [candidate]},
        assessors=[assessor],
        limits=Limits(longest=2, earliest=0.0),
    )


def every_way(place, parties, relations, assessors, left, steps, passed):
    """From an entry, with all that may be it, along all that ties them: no way is left out."""
    passed = {*passed, place}
    at_hand = [(place, steps)]
    at_hand += [
        (other, (*steps, (place, other)))
        for other in range(len(parties))
        if other not in passed and are_alike(parties[place], parties[other])
    ]
    for at, so_far in at_hand:
        if at in assessors:
            yield so_far, at
        elif left:
            for relation in relations:
                for one, other in dict.fromkeys(
                    ((relation.one, relation.other), (relation.other, relation.one))
                ):
                    if one == at and other not in passed | {at}:
                        yield from every_way(
                            other,
                            parties,
                            relations,
                            assessors,
                            left - 1,
                            (*so_far, relation.key),
                            passed | {at},
                        )


def are_alike(one, other):
    if one.is_firm != other.is_firm:
        return False
    return compared(one, other).likeness is not Likeness.DIFFERENT


def _steps(links):
    return tuple(
        link.key if isinstance(link, Relation) else (link.one, link.other) for link in links
    )
