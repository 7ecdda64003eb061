"""Words that stand with a capital letter and name nobody: not masked where no other sign is.

Titles, subjects, tools, languages, months and large places. Own list; what is missing from it is
masked once too often, which a reader sees and can take back.
"""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """A list as people read and write it: words with spaces between them."""
    return frozenset(words.split())


COMMON = listed(
    """
    jag vi du min mitt mina vår vårt våra det den de en ett i på som med för av till från om när
    där här efter under sedan både samt även dessutom idag nu arbetade ledde ansvarade har hade är
    var blev kan vill erfarenhet utbildning kompetenser språk referenser referens profil
    sammanfattning anställning anställningar uppdrag projekt resultat ansvar övrigt kontakt
    telefon epost mejl adress född ålder examen kurser certifikat intressen fritid körkort
    personnummer samordningsnummer föräldraledighet ordförande kassör sekreterare chef chefen
    ekonom ekonomichef controller redovisning inköp inköpschef inköpare försäljning säljare
    projektledare produktchef utvecklare systemutvecklare arkitekt ingenjör civilingenjör
    sjuksköterska läkare lärare jurist konsult analytiker samordnare handläggare rekryterare
    ledare teamledare gruppchef avdelningschef vd styrelseledamot kandidatexamen magisterexamen
    svenska engelska tyska franska spanska arabiska finska norska danska polska persiska somaliska
    flytande modersmål goda grundläggande
    sverige stockholm göteborg malmö uppsala norge danmark finland tyskland europa norden
    januari februari mars april maj juni juli augusti september oktober november december
    måndag tisdag onsdag torsdag fredag lördag söndag
    i we my our the a an of in on at for with and or to from by as is was were has have had when
    while since after before during both also this that these it its led managed worked built
    responsible reported reporting together
    experience education skills languages references referee reference profile summary employment
    projects results responsibilities other contact phone email mail address born age degree
    courses certificates certifications interests hobbies driving licence license
    head chief senior junior lead leader manager director officer president vice deputy assistant
    associate partner principal consultant analyst engineer architect developer designer scientist
    researcher teacher nurse doctor lawyer accountant controller auditor buyer purchasing
    procurement sales marketing finance financial human resources hr it operations logistics supply
    chain product project program programme quality risk compliance legal data software systems
    business development strategy change team member board chair treasurer secretary
    bachelor bachelor's master master's science arts economics engineering computer law medicine
    mathematics physics chemistry biology history
    english swedish german french spanish arabic finnish norwegian danish polish persian somali
    fluent native basic
    sweden norway denmark finland germany france england britain london europe united kingdom
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    sap excel word powerpoint python java sql azure aws linux kubernetes docker git jira oracle
    salesforce ifrs gdpr iso lean six sigma agile scrum prince2 itil erp crm kpi api
    a-levels yes no ja nej
    """
)
