"""Nouns for persons and groups: what a party may be called."""

from __future__ import annotations

from compare.language.quotes.names import PEOPLE
from compare.language.tokens import stem

_LABELS = """
    militants fighters terrorists rebels insurgents gunmen shooters extremists jihadists islamists separatists
    guerrillas paramilitaries mercenaries attackers assailants bombers hijackers raiders invaders occupiers settlers
    hostages captives prisoners detainees inmates convicts suspects offenders perpetrators killers murderers
    criminals gangsters thugs vandals looters rioters mob crowd marchers protesters demonstrators agitators
    activists campaigners dissidents migrants immigrants refugees aliens foreigners newcomers arrivals seekers
    evacuees troops soldiers forces army militia militias police officers cops regime government administration
    junta rulers dictator strongman leader tycoon oligarch billionaire businessman businesswoman entrepreneur
    speculators investors donors lobbyists victims casualties civilians bystanders residents locals villagers
    inhabitants people men women children infants babies fetuses youths teenagers boys girls minors kids students
    pupils voters citizens taxpayers workers employees staff strikers unionists bosses supporters followers
    loyalists backers allies opponents critics rivals enemies adversaries foes lawmakers legislators politicians
    senators congressman congresswoman representative conservatives liberals progressives moderates hardliners
    radicals leftists rightists populists nationalists supremacists racists whistleblower leaker traitor defector
    informant spy accusers accuser survivor complainant claimants claimant plaintiff defendant patients addicts
    squatters tenants authorities aides attorneys chairwoman chairman
"""
# Kin: "his father" and "her daughter" are seldom one person; and words that are as often no noun.
_NOT = """
    father mother son daughter brother sister wife husband widow parent uncle aunt cousin head general guard guest chief
"""

# Stems.
PARTIES = frozenset(map(stem, PEOPLE)) | frozenset(map(stem, _LABELS.split()))
PARTIES -= frozenset(map(stem, _NOT.split()))
# Plurals that no rule leads back.
SINGULAR = {
    "children": "child",
    "women": "woman",
    "men": "man",
    "people": "person",
    "gunmen": "gunman",
    "policemen": "policeman",
    "congressmen": "congressman",
    "businessmen": "businessman",
    "spokesmen": "spokesman",
}
