"""Made-up Swedish and English CVs in which every identifying piece is known by its place."""

import random
from dataclasses import dataclass, field

from tests.ingest.redaction.people import MEN, PAIRS, WOMEN

from second_opinion.ingest.redaction import Entities, Kind

ORIGINS = tuple(PAIRS)
FIRMS = (
    "Nordverk AB",
    "Hagalunds Bygg",
    "Skogsro Energi AB",
    "Brightwater Ltd",
    "Castle & Moor plc",
    "Vindkraft Syd",
    "Ålöns Rederi",
    "Fenwick Partners",
    "Tallbacka Data AB",
    "Orrholmen Livs",
)
SCHOOLS = (
    "Uppsala universitet",
    "Linköpings universitet",
    "Högskolan i Borås",
    "Katedralskolan",
    "Norra Real",
    "University of Leeds",
    "Durham University",
    "Kingston College",
    "Chalmers",
    "Handelshögskolan",
)
CLUBS = (
    "Hammarby IF",
    "Täby Ridklubb",
    "Svenska Turistföreningen",
    "Lunds Studentkår",
    "Oakfield Rowing Club",
    "Riverside Choral Society",
    "Rotary",
    "Fotografiska Klubben",
)
PLACES = ("Storgatan 14", "Björkvägen 3B", "Kungsgatan 112", "12 Station Road", "7 Mill Lane")
POSTS = {"sv": "118 46 Stockholm", "en": "LS2 9JT"}


@dataclass
class Paper:
    """text, with what stands in it: (kind, start, end, origin of a name or "")."""

    language: str
    gender: int
    text: str = ""
    pieces: list = field(default_factory=list)
    entities: Entities = field(default_factory=Entities)

    def add(self, words, kind=None, origin=""):
        if kind is not None:
            self.pieces.append((kind, len(self.text), len(self.text) + len(words), origin))
        self.text += words
        return self


def luhn_number(rng, year, *, coordination=False, long=False):
    """With a date that is one, and the last digit that it must have."""
    day = rng.randrange(1, 28) + (60 if coordination else 0)
    nine = f"{year % 100:02}{rng.randrange(1, 13):02}{day:02}{rng.randrange(1000):03}"
    doubled = [int(each) * (2 - place % 2) for place, each in enumerate(nine)]
    last = -sum(each // 10 + each % 10 for each in doubled) % 10
    century = str(year)[:2] if long else ""
    hyphen = rng.choice(("-", "-", ""))
    return f"{century}{nine[:6]}{hyphen}{nine[6:]}{last}"


def somebody(rng, origin=None, gender=None):
    origin = origin or rng.choice(ORIGINS)
    gender = rng.choice((WOMEN, MEN)) if gender is None else gender
    given, family = rng.choice(PAIRS[origin][gender]), rng.choice(PAIRS[origin][2])
    return given, family, origin


def make_paper(rng, *, language, origin):
    gender = rng.choice((WOMEN, MEN))
    given, family, _ = somebody(rng, origin, gender)
    born = rng.randrange(1958, 2002)
    firms, schools, club = rng.sample(FIRMS, 2), rng.sample(SCHOOLS, 2), rng.choice(CLUBS)
    paper = Paper(language=language, gender=gender)
    paper.entities = Entities(people=(f"{given} {family}",), organisations=(*firms, *schools))
    writer = _in_swedish if language == "sv" else _in_english
    writer(paper, rng, (given, family, origin), born, firms, schools, club)
    return paper


def _head(paper, rng, who, born):
    given, family, origin = who
    swedish = paper.language == "sv"
    name = f"{given} {family}"
    paper.add(name.upper() if rng.random() < 0.15 else name, Kind.PERSON, origin).add("\n")
    number = luhn_number(rng, born, coordination=rng.random() < 0.3, long=rng.random() < 0.5)
    paper.add("Personnummer: " if swedish else "Swedish personal number: ")
    paper.add(number, Kind.PERSONAL_NUMBER).add("\n")
    paper.add("Född " if swedish else "Born ").add(str(born), Kind.YEAR).add("\n")
    paper.add(rng.choice(PLACES), Kind.ADDRESS).add(", ")
    paper.add(POSTS[paper.language], Kind.ADDRESS).add("\n")
    phone = rng.choice(
        ("070-123 45 67", "+46 73 555 01 23", "0046731234567", "08-44 55 66", "(08) 441 22 33")
        if swedish
        else ("+44 7911 123456", "020 7946 0018", "+46 8 123 456 78", "07700 900123")
    )
    paper.add("Tel ").add(phone, Kind.PHONE).add("\n")
    handle = "".join(each for each in f"{given}.{family}".lower() if each.isascii() and each != " ")
    paper.add(f"{handle}{rng.randrange(99)}@example.{rng.choice(('se', 'com'))}", Kind.MAIL)
    link = rng.choice((f"https://www.linkedin.com/in/{handle}", f"github.com/{handle}"))
    paper.add("\n").add(link, Kind.LINK).add("\n\n")


HOBBIES = {
    "sv": (("stickar", "dansar", "rider"), ("meckar", "jagar", "spelar innebandy")),
    "en": (("knit", "dance", "ride"), ("fix engines", "hunt", "play rugby")),
}


def _hobby(rng, language, gender):
    """A little more often what is thought typical: something that no mask takes away."""
    chosen = gender if rng.random() < 0.65 else 1 - gender
    return rng.choice(HOBBIES[language][chosen])


def _in_swedish(paper, rng, who, born, firms, schools, club):
    _head(paper, rng, who, born)
    given, family, origin = who
    boss, referee = somebody(rng), somebody(rng)
    hon, hennes = (("Hon", "hennes"), ("Han", "hans"))[paper.gender]
    paper.add("Erfarenhet\n2015-2021 Inköpschef på ").add(firms[0], Kind.ORGANISATION)
    paper.add(". Jag rapporterade till ").add(f"{boss[0]} {boss[1]}", Kind.PERSON, boss[2])
    paper.add(" och ledde tolv personer.\n2021- Controller, ").add(firms[1], Kind.ORGANISATION)
    paper.add(".\nUtbildning\nCivilekonom, ").add(schools[0], Kind.ORGANISATION).add(", examen ")
    paper.add(str(born + 25), Kind.YEAR).add("\nStudenten ").add(str(born + 19), Kind.YEAR)
    paper.add(", ").add(schools[1], Kind.ORGANISATION).add("\nIdeellt\nKassör i ")
    paper.add(club, Kind.ASSOCIATION).add(f". På fritiden {_hobby(rng, 'sv', paper.gender)} jag.")
    if rng.random() < 0.5:
        paper.add(" Jag var ").add(("mammaledig", "pappaledig")[paper.gender], Kind.GENDERED)
        paper.add(" ett år.")
    paper.add("\nReferenser\n").add(f"{referee[0]} {referee[1]}", Kind.PERSON, referee[2])
    paper.add(", tidigare chef: ”").add(hon, Kind.GENDERED).add(" är noggrann. Med ")
    paper.add(f"{given}s", Kind.PERSON, origin).add(" hjälp vände vi resultatet, och ")
    paper.add(hennes, Kind.GENDERED).add(" lag stannade. Jag rekommenderar ")
    paper.add(f"{given[0]}. {family}", Kind.PERSON, origin).add(" varmt.”\n")


def _in_english(paper, rng, who, born, firms, schools, club):
    _head(paper, rng, who, born)
    given, family, origin = who
    boss, referee = somebody(rng), somebody(rng)
    she, her = (("She", "her"), ("He", "his"))[paper.gender]
    paper.add("Experience\n2015-2021 Head of Purchasing, ").add(firms[0], Kind.ORGANISATION)
    paper.add(". I reported to ").add(f"{boss[0]} {boss[1]}", Kind.PERSON, boss[2])
    paper.add(" and led twelve people.\n2021- Controller at ").add(firms[1], Kind.ORGANISATION)
    paper.add(".\nEducation\nBSc Economics, ").add(schools[0], Kind.ORGANISATION)
    paper.add(", graduated ").add(str(born + 23), Kind.YEAR).add("\n")
    paper.add(schools[1], Kind.ORGANISATION).add(", A-levels ").add(str(born + 18), Kind.YEAR)
    paper.add("\nOther\nTreasurer of ").add(club, Kind.ASSOCIATION)
    paper.add(f". In my spare time I {_hobby(rng, 'en', paper.gender)}.")
    if rng.random() < 0.5:
        paper.add(" I was on ").add(("maternity", "paternity")[paper.gender], Kind.GENDERED)
        paper.add(" leave for a year.")
    paper.add("\nReferences\n").add(f"{referee[0]} {referee[1]}", Kind.PERSON, referee[2])
    paper.add(', former manager: "').add(she, Kind.GENDERED).add(" is thorough. With ")
    paper.add(f"{given}'s", Kind.PERSON, origin).add(" help we turned the result, and ")
    paper.add(her, Kind.GENDERED).add(" team stayed. I recommend ")
    paper.add(f"{given[0]}. {family}", Kind.PERSON, origin).add(' warmly."\n')


def make_papers(number, *, seed):
    """Half in each language, the origins in turn."""
    rng = random.Random(seed)
    return [
        make_paper(rng, language=("sv", "en")[place % 2], origin=ORIGINS[place // 2 % len(ORIGINS)])
        for place in range(number)
    ]
