"""Small articles, of each of which it is known whether "the company" or "the offer" in the last sentence is sure."""

import re

import pytest

from compare.claims.phrasing import Around, worded

SURE = [
    (
        "Norvane, the firm that built the pier, closed two yards in March. The losses grew in spring. "
        "The company will sell its last crane in May.",
        "Norvane",
    ),
    (
        "Norvane’s shares rose on Monday. Investors had hoped for more. "
        "The company said that orders were up by a tenth.",
        "Norvane",
    ),
    (
        "A company called Norvane wants to dig under the moor. Villagers in Selby are worried. "
        "The company says that nobody will hear a sound.",
        "Norvane",
    ),
    (
        "Norvane dug the pit in 1990. The company says that it was safe at the time.",
        "Norvane",
    ),
    (
        "The developer, Norvane, wants to build 300 flats. The council will vote on it in June. "
        "The company says that half of them will be cheap.",
        "Norvane",
    ),
    (
        "Norvane, the airline that flies to the islands, cancelled ten flights. Passengers slept in the hall. "
        "The company blamed fog over the sea.",
        "Norvane",
    ),
    (
        "Norvane, an insurer, paid 3 million after the flood. Mayor Tom Ferris thanked the staff. "
        "The company expects more claims in winter.",
        "Norvane",
    ),
    (
        "The Harbour Union called the vote in May. Crews in Selby walked out. "
        "The union wants a raise of 6 percent for all crews.",
        "Harbour Union",
    ),
    (
        "The Moss Foundation paid for the nets. Fishermen like them. "
        "The foundation says that the nets will last ten years.",
        "Moss Foundation",
    ),
    (
        "Open Moor, a group of 60 walkers, blocked the road. Police stood by. "
        "The group wants the gates to be taken down.",
        "Open Moor",
    ),
    (
        "A campaign called Open Moor has 900 members. It meets in a barn. "
        "The campaign wants the gates to be taken down.",
        "Open Moor",
    ),
    (
        "Selby University will close two schools. Students marched to the market. "
        "The university says that it has no money left.",
        "Selby University",
    ),
    (
        "Mayor Tom Ferris opened the weir. It rained all day. Guests say that the mayor came late to the feast.",
        "Tom Ferris",
    ),
    (
        "Tom Ferris, the mayor of Selby, cut the ribbon. A band played on the quay. "
        "The mayor praised the builders of the weir.",
        "Tom Ferris",
    ),
    (
        "Anna Brook, the minister for roads, wants a toll. Drivers are angry. "
        "The minister told the press that it would be small.",
        "Anna Brook",
    ),
    (
        "The minister, Anna Brook, wants a toll. Many drivers are angry. The minister said that it would be small.",
        "Anna Brook",
    ),
    (
        "Judge Tom Ferris read the papers. The hall was full. The judge will decide in June on the fate of the mill.",
        "Tom Ferris",
    ),
    (
        "Tom Ferris, the captain of the ferry, saw the rocks. It was too late. "
        "The captain ordered all on deck at once.",
        "Tom Ferris",
    ),
    (
        "Professor Anna Brook has studied the moor since 1990. Few know it so well. "
        "The professor wants the drains to be blocked.",
        "Anna Brook",
    ),
    (
        "The mill made an offer of 5 percent on Monday. Workers met in the yard. "
        "The offer was turned down by a large majority.",
        "of 5 percent",
    ),
    (
        "The town took a loan of 20 million crowns in 2001. It built a pool. The loan will be paid back in ten years.",
        "of 20 million crowns",
    ),
    (
        "An appeal by the port was heard on Friday. The hall was full. The appeal may take until the end of the year.",
        "by the port",
    ),
    (
        "A poll of 900 voters was held in June. The mood has changed. The poll shows a lead for the left in the north.",
        "of 900 voters",
    ),
    (
        "Tessel, the supermarket that opened in spring, sacked nine cashiers. Neighbours wrote letters. "
        "The company said that sales had been poor.",
        "Tessel",
    ),
    (
        "Tessel’s profits doubled last year. The board met on Thursday. "
        "The firm plans to open eight shops in the south.",
        "Tessel",
    ),
    (
        "The publisher, Tessel, withdrew the book. A lawyer had complained. "
        "The company will print a new edition in March.",
        "Tessel",
    ),
    (
        "In the valley a company called Tessel pumps water. Wells ran dry in summer. "
        "The company has promised to lay pipes.",
        "Tessel",
    ),
    (
        "Clear Sky, a charity that feeds the poor, lost its van. Thieves came at night. "
        "The charity asks for help to buy another.",
        "Clear Sky",
    ),
    (
        "Mayor Ilse Marten spoke to the crowd. Some booed. The mayor promised to mend the road before winter.",
        "Ilse Marten",
    ),
    (
        "Ilse Marten, the editor of the paper, printed the letter. Readers were shocked. "
        "The editor defended the choice in a column.",
        "Ilse Marten",
    ),
    (
        "Robert Quay, a surgeon from Dunmore, lost the case. The patient had died. "
        "The surgeon must pay 90,000 crowns to the family.",
        "Robert Quay",
    ),
    (
        "A bid of 12 million was made on Tuesday. Owners met all night. The bid was thrown out at six in the morning.",
        "of 12 million",
    ),
    (
        "A complaint by a farmer led to the search. Officers took away papers. "
        "The complaint was about the smell of the sheds.",
        "by a farmer",
    ),
    (
        "A petition against the dam, signed by 9,000 people, lay on the desk. Nobody read it. "
        "The petition asks for a new vote.",
        "against the dam",
    ),
    (
        "“We are done,” said Ilse Marten, the director of the zoo. Visitors had dwindled. "
        "The director will sell the elephants.",
        "Ilse Marten",
    ),
]
# Another one comes in, by name, by a possessive, by a verb, in another place.
UNSURE = [
    (
        "Norvane, the firm that built the pier, closed two yards. At the harbour Keld Marine opened one. "
        "The company will hire 40 welders in May."
    ),
    (
        "Norvane, the firm that built the pier, closed two yards. A rival from the coast opened one. "
        "The company will hire 40 welders in May."
    ),
    (
        "Norvane, the firm that built the pier, sued Keld Marine in May. "
        "The company denied that it had copied the plans."
    ),
    (
        "Norvane’s shares fell on Monday. Later that day Keld Marine won an order for six boats. "
        "The company will hire 40 welders."
    ),
    ("Norvane’s shares fell on Monday. A brewer in Selby won a prize. The company has made ale since the war."),
    (
        "Norvane, the airline, cancelled ten flights. The insurer of the planes sent a letter. "
        "The company wants its money back by June."
    ),
    "Selby voted against the pit on Sunday. The company will dig all the same, a spokesman said.",
    "Harlow Council rejected the pit on Sunday. The company will dig all the same, a spokesman said.",
    (
        "The Harbour Union called the vote in May. On the railway Signalmen United walked out, too. "
        "The union wants a raise of 6 percent."
    ),
    (
        "The Harbour Union called the vote in May. The teachers’ union walked out, too. "
        "The union wants a raise of 6 percent."
    ),
    (
        "Open Moor, a group of 60 walkers, blocked the road. A group from Selby cut the fence. "
        "The group was held by police until noon."
    ),
    (
        "The Moss Foundation paid for the nets. Keld Trust paid for the boats. "
        "The foundation says that it will pay for ropes, too."
    ),
    (
        "Selby University will close two schools. Its rival in Keld will not. "
        "The university says that it has money enough for years."
    ),
    (
        "Selby University will close two schools. The university of Keld will not. "
        "The university has money enough for ten years."
    ),
    (
        "Tom Ferris, the mayor of Selby, cut the ribbon. The mayor of Keld stayed at home. "
        "The mayor called the weir a waste of money."
    ),
    (
        "Tom Ferris, the mayor of Selby, cut the ribbon. In Keld people dislike the weir. "
        "The mayor wants it torn down by winter."
    ),
    (
        "Tom Ferris, the mayor of Selby, cut the ribbon. Keld was not asked. Its mayor was angry. "
        "The mayor called the weir a waste."
    ),
    (
        "Anna Brook, the minister for roads, wants a toll. The finance minister does not. "
        "The minister told the press that it was dead."
    ),
    (
        "Anna Brook, the minister for roads, wants a toll. The minister for schools does not. "
        "The minister said that it was dead."
    ),
    (
        "Anna Brook, the minister for roads, wants a toll. Her deputy minister does not. "
        "The minister said that it was dead."
    ),
    ("Anna Brook, the minister for roads, wants a toll. Rain fell. The minister for schools said that it was dead."),
    (
        "Judge Tom Ferris read the papers. A judge in Keld had sent them. "
        "The judge will decide in June on the fate of the mill."
    ),
    (
        "Tom Ferris, the director of the mill, resigned at noon. The museum’s director took his post. "
        "The director will start in May."
    ),
    (
        "Anna Brook, the president of the club, spoke first. The president of the league came late. "
        "The president asked for more money."
    ),
    (
        "Tom Ferris, the captain of the ferry, saw the rocks. The tug’s captain did not. "
        "The captain was held by police until noon."
    ),
    ("The mill made an offer of 5 percent on Monday. The port offered 7 percent. The offer was taken by 300 dockers."),
    (
        "The mill made an offer of 5 percent on Monday. The offer of the port was better. "
        "The offer was taken by 300 dockers."
    ),
    ("The mill made an offer of 5 percent on Monday. The port’s offer was better. The offer was taken by 300 dockers."),
    (
        "Neighbours filed a lawsuit against the mill in May. Two fishermen sued the port. "
        "The lawsuit was dismissed by a judge."
    ),
    (
        "A report by the county found cracks in the dam. The state’s report on roads is out, too. "
        "The report names 40 bridges."
    ),
    ("A report by the county found cracks in the dam. A newspaper reported on roads. The report names 40 bridges."),
    (
        "The town took a loan of 20 million crowns in 2001. The bank lent the club 3 million. "
        "The loan will be paid back in June."
    ),
    ("The council passed a plan for a bridge in May. The port plans a quay. The plan was drawn up by two engineers."),
    (
        "An appeal by the port was heard on Friday. Two fishermen appealed as well. "
        "The appeal was dismissed by the judge at once."
    ),
    ("A poll of 900 voters was held in June. The paper polled 200 students. The poll shows a lead for the left."),
    (
        "The decision by the council came in May. A decision by the court came in June. "
        "The decision was met with cheers."
    ),
    (
        "A decision by the council came in May. In June the court decided as well. "
        "The decision was met with cheers in the hall."
    ),
    (
        "A harbour official rang the mill. The finance official was out. "
        "The official would not say why the mill was shut."
    ),
    (
        "Drivers signed a petition against the toll in May. Walkers handed in a second petition. "
        "The petition has 4,000 names."
    ),
    (
        "The mill made an offer of 5 percent. Later the port made a better offer of 7 percent. "
        "The offer was taken by 300 dockers."
    ),
    (
        "Tessel, the supermarket that opened in spring, sacked nine cashiers. "
        "Its landlord, Orme Holdings, raised the rent. The company is owned by a bank."
    ),
    ("Tessel’s profits doubled last year. Profits at Orme fell. The firm plans to close eight shops in the south."),
    "Tessel runs the trains. Orme runs the buses. The company was fined for delays on Friday.",
    "Tessel sold the yard to Orme in May. The company paid 3 million crowns for it.",
    (
        "Tessel, the publisher, withdrew the book. The printer had found errors. "
        "The company will pay for a new edition in March."
    ),
    (
        "Tessel, the publisher, withdrew the book. A small press in Dunmore wants it. "
        "The company will print 900 copies in March."
    ),
    "Dunmore lies on the coast. The company wants to build a quay there, papers show.",
    ("The Ropemakers League met on Sunday. Sailors have a league, too. The league wants longer breaks for all."),
    ("Clear Sky, a charity, lost its van. Another charity lent it one. The charity asked for nothing in return."),
    ("Clear Sky, a charity, lost its van. Helping Hands lent it one. The charity asked for nothing in return."),
    ("Mayor Ilse Marten spoke to the crowd. The former mayor stood at the back. The mayor left before the songs."),
    ("Mayor Ilse Marten spoke to the crowd. Dunmore has a mayor of its own. The mayor left before the songs."),
    (
        "Ilse Marten, the editor of the paper, printed the letter. The sports editor objected. "
        "The editor resigned on Friday."
    ),
    ("Robert Quay, a surgeon, lost the case. A second surgeon had helped him. The surgeon was cleared of all charges."),
    (
        "Robert Quay, a surgeon, lost the case. His fellow surgeon had warned him. "
        "The surgeon will leave the clinic in May."
    ),
    ("Robert Quay, a surgeon, lost the case. Two surgeons had helped. The surgeon was cleared of all charges."),
    ("Ilse Marten, the chief executive of Tessel, spoke first. At Orme the mood was low. The chief had left in May."),
    ("A bid of 12 million was made on Tuesday. Orme bid 15 million. The bid was taken by the owners at once."),
    ("A bid of 12 million was made on Tuesday. A rival bid came in at noon. The bid was taken by the owners at once."),
    (
        "A complaint by a farmer led to the search. Two walkers complained as well. "
        "The complaint was withdrawn on Friday."
    ),
    "A deal between the two ports was struck. The airports’ deal came later. The deal runs for ten years.",
    ("A deal between the two ports was struck. The deal with the railway came later. The deal runs for ten years."),
    (
        "A petition against the dam was signed by 900. A petition for it has 2,000 names. "
        "The petition goes to parliament."
    ),
    (
        "A study by the college found lead. The state studied the wells, too. "
        "The study took three years and 2,000 samples."
    ),
    (
        "A verdict against the baker came in May. In June the miller heard his verdict. "
        "The verdict was read out in full."
    ),
    ("A warning of floods was given at noon. The coast guard warned of gales. The warning was lifted at midnight."),
    "A law against smoke was passed in 1990. The new law bans vapour. The law came into force on Monday.",
    "A loan of 3 million was granted. The club lent the money on. The loan must be paid back by May.",
    ("An inquiry by the senate began. Police inquired into the fire as well. The inquiry ended without a charge."),
    "A port officer waved. The customs officer slept. The officer was sent home by the captain.",
    (
        "Karin Holt, the president of the bank, fell ill. The country’s president sent flowers. "
        "The president will fly to Oslo."
    ),
    ("Karin Holt, the coach of the girls, was praised. The coach of the boys was not. The coach will leave in May."),
    ("Karin Holt, the owner of the inn, paid. The owner of the mill refused. The owner was fined 300 crowns."),
    (
        "Karin Holt, the secretary of the club, wrote it down. Orme’s secretary typed it. "
        "The secretary kept a copy at home."
    ),
]


def put_in(text):
    """What stands in brackets in the wording of the last sentence, a sentence put before it aside."""
    start = text.rindex(". ", 0, -1) + 2
    wording = worded(text[start:], Around(text), start, len(text))
    return re.findall(r"\[([^\[\]]*[^.!?…”\[\]])\]", wording)


@pytest.mark.parametrize(("text", "which"), SURE)
def test_which_one_it_is_is_told_where_it_is_sure(text, which):
    assert put_in(text) == [which]


@pytest.mark.parametrize("text", UNSURE)
def test_nothing_is_put_in_where_another_may_be_meant(text):
    assert put_in(text) == []
