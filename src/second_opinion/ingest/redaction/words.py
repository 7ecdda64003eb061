"""Words that tell a gender, and words that mark what an organisation or an association is.

Own lists, from knowledge of the two languages. A neutral word stands in the place of the commonest.
"""

from __future__ import annotations

from second_opinion.ingest.redaction.ordinary import listed

NEUTRAL = {
    # Swedish
    "han": "hen",
    "hon": "hen",
    "honom": "hen",
    "henne": "hen",
    "hans": "hens",
    "hennes": "hens",
    "herr": "",
    "fru": "",
    "fröken": "",
    "flicka": "barn",
    "pojke": "barn",
    # English
    "he": "they",
    "she": "they",
    "him": "them",
    "her": "their",
    "his": "their",
    "hers": "theirs",
    "himself": "themselves",
    "herself": "themselves",
    "mr": "",
    "mrs": "",
    "ms": "",
    "miss": "",
    "sir": "",
    "madam": "",
    "chairman": "chair",
    "chairwoman": "chair",
    "salesman": "seller",
    "saleswoman": "seller",
    "businessman": "businessperson",
    "businesswoman": "businessperson",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "waitress": "waiter",
    "actress": "actor",
    "hostess": "host",
}
GENDERED = frozenset(NEUTRAL) | listed(
    """
    kvinna kvinnan kvinnor kvinnors kvinnlig kvinnliga mannen manlig manliga män mäns
    mamma pappa mor far moder fader dotter son hustru hustrun maken maka makan änka änkling
    mammaledig pappaledig mammaledighet pappaledighet mammaledigheten pappaledigheten
    moderskap faderskap flickor pojkar tjej tjejer kille killar
    damlaget herrlaget damlag herrlag damfotboll herrfotboll damjunior herrjunior flicklag pojklag
    flickfotboll pojkfotboll tjejkväll kvinnonätverk kvinnoförening kvinnojour mansförening
    systrar bröder syster bror lottakår
    woman women woman's women's female man men man's men's male mother father mom mum dad
    daughter son wife husband widow widower sister brother girl girls boy boys girls' boys'
    ladies gentleman gentlemen lady maternity paternity sorority fraternity womens mens
    motherhood fatherhood stewardess housewife
    """
)
# Swedish `man` is mostly "one", and English `her` and `his` are caught as pronouns above.
ONLY_IN_ENGLISH = frozenset({"man", "men", "her", "his", "he", "male", "far", "son", "sir", "miss"})
ONLY_IN_SWEDISH = frozenset({"han", "hans", "hon", "far", "mor", "män", "make", "bror"})

# What marks a name as that of a firm or school, before or after it.
FIRM_MARKS = listed(
    """
    ab hb kb aktiebolag ltd limited plc inc llc llp gmbh ag oy oyj as asa corp corporation group
    gruppen koncernen holding bank banken consulting partners solutions systems
    universitet universitetet university högskola högskolan college school skola skolan gymnasium
    gymnasiet gymnasieskola institute institutet academy akademin polytechnic folkhögskola
    kommun region regionen landsting myndigheten verket hospital sjukhus sjukhuset trust council
    """
)
ASSOCIATION_MARKS = listed(
    """
    förening föreningen föreningens förbund förbundet klubb klubben sällskap sällskapet nätverk
    nätverket kår kåren scoutkår studentkår församling församlingen samfund orden loge logen
    kyrka kyrkan moské moskén synagoga ungdomsförbund partiet
    if ik bk ff fk is gf sk aik hk ibk bollklubb idrottsförening fotbollsklubb
    society club association union league fc rfc rotary scouts lodge church mosque synagogue
    parish congregation fraternity sorority network guild rowing
    """
)
