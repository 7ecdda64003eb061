"""A generated register: Swedish and English people and firms, and ties planted in it."""

from dataclasses import dataclass, replace

from second_opinion.engine.matching.conflicts import Party, Relation

GIVEN = [
    "Anna",
    "Erik",
    "Karin",
    "Lars",
    "Kristina",
    "Johan",
    "Maria",
    "Anders",
    "Margareta",
    "Karl",
    "Elisabeth",
    "Per",
    "Eva",
    "Nils",
    "Birgitta",
    "Mikael",
    "Ingrid",
    "Jan",
    "Sara",
    "Peter",
    "Åsa",
    "Göran",
    "Märta",
    "Jörgen",
    "Emily",
    "James",
    "Olivia",
    "William",
    "Grace",
    "Thomas",
    "Charlotte",
    "George",
    "Hannah",
    "Edward",
    "Lucy",
    "Samuel",
    "Alice",
    "Henry",
    "Eleanor",
    "Christopher",
    "Fatima",
    "Mohammed",
    "Zainab",
    "Yusuf",
    "Amira",
    "Dragan",
    "Milica",
    "Katarzyna",
    "Piotr",
    "Nguyen",
    "Linh",
    "Rajesh",
    "Priya",
]
_SWEDISH = [
    first + last
    for first in [
        "Lind",
        "Lund",
        "Berg",
        "Sand",
        "Fors",
        "Sjö",
        "Ek",
        "Ny",
        "Hed",
        "Holm",
        "Wall",
        "Söder",
        "Öster",
        "Väster",
        "Norr",
        "Ström",
        "Gran",
        "Björk",
        "Al",
        "Ask",
        "Hag",
        "Åker",
        "Dal",
        "Käll",
        "Brun",
    ]
    for last in ["berg", "ström", "qvist", "gren", "lund", "holm", "mark", "dahl", "man", "blad"]
    if first.lower() != last
]
_SONS = [
    f"{each}sson"
    for each in [
        "Karl",
        "Nil",
        "Erik",
        "Lar",
        "Ol",
        "Per",
        "Sven",
        "Gustaf",
        "Petter",
        "Jon",
        "Mårten",
        "Håkan",
        "Jakob",
        "Henrik",
    ]
]
_ENGLISH = [
    first + last
    for first in [
        "Ash",
        "Brad",
        "Clif",
        "Dun",
        "Edge",
        "Far",
        "Green",
        "Hart",
        "King",
        "Lang",
        "Mars",
        "New",
        "Oak",
        "Pen",
        "Wood",
    ]
    for last in ["ton", "ley", "ford", "worth", "field", "well", "ham"]
]
_OTHERS = [
    "Hassan",
    "Ibrahim",
    "Petrović",
    "Kowalski",
    "Tran",
    "Sharma",
    "Patel",
    "Hosseini",
    "Haddad",
    "Öztürk",
    "Şahin",
]
FAMILY = (*_SWEDISH, *_SONS * 6, *_ENGLISH, *_OTHERS * 4)
FIRM = [
    "Nordljus",
    "Bergvik",
    "Tallmo",
    "Havsören",
    "Kvarnholmen",
    "Lyckeby",
    "Stenungen",
    "Vindkraftsbolaget",
    "Aldermoor",
    "Brightwell",
    "Calderstone",
    "Dunmore",
    "Eastgate",
    "Fairholm",
    "Greystoke",
    "Harrowby",
    "Kestrel",
    "Langdale",
    "Mossfield",
    "Northcote",
    "Oakhurst",
    "Pemberton",
]
TRADE = [
    "Teknik",
    "Konsult",
    "Handel",
    "Bygg",
    "Data",
    "Logistik",
    "Partners",
    "Systems",
    "Capital",
    "Foods",
    "Energy",
]

TODAY, YEAR = 740_000.0, 365.25


@dataclass(frozen=True, kw_only=True)
class Planted:
    side: str
    assessor: int
    length: int


@dataclass(frozen=True, kw_only=True)
class Register:
    parties: list[Party]
    relations: list[Relation]
    sides: dict[str, list[int]]
    assessors: list[int]
    planted: list[Planted]


def generate(rng, *, n_people, n_planted, n_assessors):
    """People who each work or have worked somewhere; nobody is tied but those who are planted."""
    parties = _people(rng, n_people) + _firms(rng, n_people // 25)
    firms = list(range(n_people, len(parties)))
    order = [int(each) for each in rng.permutation(n_people)]
    assessors = order[:n_assessors]
    sides = {"candidate": order[-2:], "first assessor": order[-3:-2], "client": [firms[-1]]}
    relations = [_works(person, int(rng.choice(firms[:-1])), rng) for person in order[:-3]]
    planted = [
        _plant(rng, parties, relations, sides, assessor=assessors[number], number=number)
        for number in range(n_planted)
    ]
    return Register(
        parties=parties, relations=relations, sides=sides, assessors=assessors, planted=planted
    )


def _people(rng, n_people):
    return [Party(key=f"p{place}", name=_name(rng)) for place in range(n_people)]


def _name(rng):
    given = [_one(rng, GIVEN) for _ in range(1 + (rng.random() < 0.3))]
    return " ".join([*given, _family(rng)])


def _family(rng):
    family = _one(rng, FAMILY)
    return f"{family}-{_one(rng, FAMILY)}" if rng.random() < 0.1 else family


def _firms(rng, n_firms):
    return [
        Party(
            key=f"f{place}",
            name=f"{_one(rng, FIRM)} {_one(rng, TRADE)} {place} {_one(rng, ('AB', 'Ltd', 'HB'))}",
            is_firm=True,
        )
        for place in range(n_firms)
    ]


def _works(person, firm, rng):
    ended = float("inf") if rng.random() < 0.5 else TODAY - rng.random() * 12 * YEAR
    return Relation(key=f"w{person}-{firm}", kind="employment", one=person, other=firm, ended=ended)


def _plant(rng, parties, relations, sides, *, assessor, number):
    """Tie one assessor to a side, by entries that are spelt otherwise wherever they meet."""
    side = ("candidate", "client", "first assessor")[number % 3]
    target = sides[side][number % len(sides[side])]
    length = 1 + number % 2 if side == "client" else number % 3
    if length == 0:
        sides.setdefault("candidate", []).append(_entry(parties, otherwise(rng, parties[assessor])))
        return Planted(side="candidate", assessor=assessor, length=0)
    near = _entry(parties, otherwise(rng, parties[assessor]))
    far = _entry(parties, otherwise(rng, parties[target]))
    if length == 1:
        relations.append(_tie(rng, near, far))
    else:
        middle = Party(key=f"m{number}", name=f"{_one(rng, FIRM)}{number} Rederi AB", is_firm=True)
        relations.append(_tie(rng, near, _entry(parties, middle)))
        relations.append(_tie(rng, _entry(parties, otherwise(rng, middle)), far))
    return Planted(side=side, assessor=assessor, length=length)


def _tie(rng, one, other):
    ended = (float("inf"), float("nan"), TODAY - 4 * YEAR)[int(rng.integers(3))]
    return Relation(key=f"t{one}-{other}", kind="co-founder", one=one, other=other, ended=ended)


def _entry(parties, party):
    parties.append(replace(party, key=f"e{len(parties)}"))
    return len(parties) - 1


def otherwise(rng, party):
    """The same party as somebody else would write it."""
    ways = _FIRM_WAYS if party.is_firm else _PERSON_WAYS
    return ways[int(rng.integers(len(ways)))](party)


def _plain(text):
    return text.translate(str.maketrans("åäöÅÄÖéć", "aaoAAOec"))


def _slip(text):
    longest = max(text.split(), key=len)
    return text.replace(longest, longest[:3] + longest[4] + longest[3] + longest[5:])


_PERSON_WAYS = (
    lambda party: party,
    lambda party: replace(party, name=_plain(party.name)),
    lambda party: replace(party, name=" ".join(reversed(party.name.split()))),
    lambda party: replace(party, name=f"{party.name.split()[0]} {party.name.split()[-1]}"),
    lambda party: replace(party, name=f"{party.name[0]}. {' '.join(party.name.split()[1:])}"),
    lambda party: replace(party, name=party.name.replace("ss", "s")),
    lambda party: replace(party, name=party.name.upper()),
    lambda party: replace(
        party,
        name=f"{party.name.split()[0]} Zetterlund",
        former=(party.name.split()[-1],),
    ),
)
_FIRM_WAYS = (
    lambda party: party,
    lambda party: replace(party, name=f"{party.name.removesuffix(' AB')} Aktiebolag"),
    lambda party: replace(party, name=_plain(party.name)),
    lambda party: replace(party, name=f"{party.name} (publ)"),
    lambda party: replace(party, name=f"{party.name} Sverige"),
    lambda party: replace(party, name=_slip(party.name)),
)


def _one(rng, among):
    return among[int(rng.integers(len(among)))]
