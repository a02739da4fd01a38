"""Words that go with names: titles, what shows a person's gender, and what is no person.

The gender serves one end: whom "he" or "she" can mean. First names that are common for both are left
out, and a name that is not listed fits either pronoun.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "mr mrs ms mx miss dr sir lord lady dame prof professor president vice prime minister secretary senator"
    " sen rep representative congressman congresswoman governor gov mayor chancellor king queen prince princess"
    " pope bishop archbishop cardinal reverend rev rabbi imam sheikh ayatollah judge justice chief general gen"
    " colonel col major captain capt lieutenant lt sergeant sgt admiral adm commander inspector detective"
    " officer sheriff ambassador director chairman chairwoman chair speaker leader premier councillor"
    " councilman councilwoman commissioner attorney spokesman spokeswoman spokesperson deputy former foreign"
    " defence defense transport interior finance health education democratic republican nominee candidate"
    " presidential coach"
    " sens reps govs"
)
MALE = _set(
    "mr sir lord king prince pope spokesman chairman congressman councilman businessman man father husband"
    " brother son boy uncle grandfather actor policeman salesman fisherman gentleman widower nephew waiter"
    " himself he monk"
)
FEMALE = _set(
    "mrs ms miss lady dame queen princess spokeswoman chairwoman congresswoman councilwoman businesswoman"
    " woman mother wife sister daughter girl aunt grandmother actress policewoman saleswoman widow niece"
    " waitress herself she nun landlady midwife"
)
# A run of capitals that ends in or holds one of these is no person.
NOT_PERSONS = _set(
    "union university college school party court house senate congress committee commission council parliament"
    " department ministry agency office bureau bank group company corporation corp inc ltd co plc association"
    " federation institute foundation center centre club team army navy force forces guard police fbi cia nato"
    " un eu nations government administration campaign times post journal news press gazette herald tribune"
    " ledger examiner courier street avenue road square park river sea lake mount port city county state states"
    " north south east west island islands republic kingdom america american europe european act bill law plan"
    " deal treaty agreement day week month year war hospital church museum airport station league society trust"
    " fund board service services network radio television tv monday tuesday wednesday thursday friday saturday"
    " sunday january february march april june july august september october november december industries"
    " holdings terminals international national media authority chamber commerce it they government's"
    " ministry's report study survey poll statement letter"
)
# Words with a capital that begin a sentence or stand alone without being a name.
NOT_NAMES = _set(
    "the a an and but in on at for with from to of by as if when while after before since although though"
    " because it he she they we i you this that these those his her their its our my your there here what who"
    " why how where which so yet still also then now not no yes one two three four five six seven eight nine"
    " ten dozens hundreds thousands some many most all both each every any another other last next earlier"
    " later meanwhile however asked according despite under over during among between about like even just only"
    " instead once until unless nor or is are was were do does did has have had will would can could may might"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december"
)
# Nouns for one person: whom a text brings in without a name ("a retired teacher").
PEOPLE = _set(
    "activist actor adviser advisor aide ally ambassador analyst architect artist author baker banker boss boy"
    " broker brother builder butcher campaigner candidate captain carer caretaker chairman chief child clerk"
    " coach colleague colonel commander commuter consultant councillor critic customer daughter dealer delegate"
    " diplomat director docker doctor driver economist editor employee engineer executive expert eyewitness"
    " farmer father fighter fisherman florist founder friend gardener general girl guard guest guide haulier"
    " head historian host hunter husband insider inspector investigator investor journalist judge lasher"
    " lawmaker lawyer leader lecturer librarian man manager mayor mechanic mediator medic member merchant"
    " migrant minister mother neighbor neighbour nurse officer official operator optician organiser organizer"
    " owner painter parent partner passenger patient pensioner person pharmacist photographer pilot player"
    " plumber politician porter president priest producer professor prosecutor protester psychologist pupil"
    " refugee reporter representative rescuer researcher resident sailor salesman scholar scientist secretary"
    " senator shopkeeper shopper sister smuggler soldier son source spokesman spokesperson spokeswoman"
    " strategist striker student supporter surgeon survivor teacher technician teenager tenant tobacconist"
    " tourist trader translator tutor veteran victim villager visitor volunteer voter waiter waitress widow"
    " wife witness woman worker writer youngster"
)
_MEN = _set(
    "rolf aaron abdul adam ahmed alan albert alejandro alexander alfred ali andrew anthony antonio arthur barack"
    " barry ben benjamin bernard bernie bill bob boris brad brian bruce carl carlos charles chris christopher"
    " chuck clarence craig dan daniel dave david dennis dmitry don donald douglas ed eduardo edward emmanuel"
    " eric ernest ethan eugene felix fernando francis francisco frank franz fred gary george gerald giovanni"
    " glenn gordon graham greg gregory gustav hans harold harry hassan henry herbert howard hugh hussein ian"
    " ibrahim igor ivan jack jacob james jan jason jeff jeffrey jeremy jerry jim joe john jonathan jorge jose"
    " joseph juan julian karl keith ken kenneth kevin khalid kyle larry lars lawrence leo leonard luis luke"
    " marco marcus mario mark martin matt matthew maurice michael miguel mike mikhail mitch mitt mohamed"
    " mohammed muhammad nathan neil nicholas nicolas nigel nikolai norman oliver omar oscar otto pablo patrick"
    " paul pedro peter phil philip philippe pierre ralph raymond ricardo richard rick robert roberto rodrigo"
    " roger ron ronald roy russell ryan samuel scott sean sebastian sergei sergey simon stefan stephen steve"
    " steven stuart ted terry thomas tim timothy todd tom tony victor viktor vincent vladimir volodymyr walter"
    " wayne wilhelm william wolfgang yusuf dunstan"
)
_WOMEN = _set(
    "ada abigail aisha alexandra alice alicia amanda amelia amy ana andrea angela anita ann anna anne annie"
    " barbara beatrice beth betty brenda camilla carla carmen carol caroline catherine cecilia charlotte cheryl"
    " chloe christina christine cindy claire clara claudia cynthia debbie deborah denise diana diane donna"
    " dorothy edith elena eleanor elise elizabeth ellen emily emma erica esther eva evelyn fatima fiona"
    " florence frances gabriela gail gina gloria grace greta halina hannah heather heidi helen helena hillary"
    " ilse ines ingrid irene isabel isabella ivanka jane janet janice jean jennifer jenny jessica jill joan"
    " joanna josephine joyce judith judy julia julie karen karin kate katherine kathleen kathy katie kellyanne"
    " kim kristin laura lauren leila lena leslie linda lisa liz louise lucia lucy lydia madeleine mallory"
    " margaret maria marian marie marina marta martha mary maureen megan megyn melania melissa mercedes meryl"
    " michelle miriam molly monica nadia nancy naomi natalia natalie natasha nicole nina nora olga olivia"
    " pamela patricia paula pauline penelope petra rachel rebecca renata rita rosa rose rosemary ruth sabine"
    " sally samantha sandra sara sarah sharon sheila shirley silvia simone sofia sonia sophia sophie stella"
    " stephanie susan susanna suzanne sylvia tanya teresa theresa tina ursula valerie vanessa vera veronica"
    " victoria virginia vivian wendy yvonne zainab zoe"
)


def first_name_gender(name: str) -> str:
    """Give "m", "f" or nothing for a first name."""
    low = name.lower()
    return "m" if low in _MEN else "f" if low in _WOMEN else ""
