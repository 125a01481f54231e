"""Sentences of our own with the tolls that they state: span, kind, low, high, and the index of the whole or None."""

from __future__ import annotations

Expected = tuple[str, str, int | None, int | None, int | None]

SENTENCES: list[tuple[str, list[Expected]]] = [
    # --- active, passive, nominal
    ("The shelling killed two children.", [("two children", "killed", 2, 2, None)]),
    (
        "The raid killed two children and injured three others near the market.",
        [("two children", "killed", 2, 2, None), ("three others", "injured", 3, 3, None)],
    ),
    ("At least seven people were killed in the village.", [("At least seven people", "killed", 7, None, None)]),
    ("Nine people died when the ferry sank off Mindanao.", [("Nine people", "killed", 9, 9, None)]),
    ("The blast left nine dead and 30 wounded.", [("nine", "killed", 9, 9, None), ("30", "injured", 30, 30, None)]),
    ("Officials confirmed the deaths of four soldiers.", [("four soldiers", "killed", 4, 4, None)]),
    ("The bombing claimed the lives of 16 pilgrims.", [("16 pilgrims", "killed", 16, 16, None)]),
    ("The floods have claimed 41 lives so far.", [("41 lives", "killed", 41, 41, None)]),
    ("The death toll rose to nine on Friday.", [("nine", "killed", 9, 9, None)]),
    ("That raised the death toll to at least 120.", [("at least 120", "killed", 120, None, None)]),
    ("The death toll stands at 57, the ministry said.", [("57", "killed", 57, 57, None)]),
    (
        "State television reported at least nine casualties.",
        [("at least nine casualties", "casualties", 9, None, None)],
    ),
    (
        "By nightfall nine were dead and 30 wounded.",
        [("nine", "killed", 9, 9, None), ("30", "injured", 30, 30, None)],
    ),
    (
        "The operation resulted in the death of a “number of insurgents”, the army said.",
        [("a “number of insurgents", "killed", 2, None, None)],
    ),
    (
        "There were 14 fatalities and no injuries.",
        [("14 fatalities", "killed", 14, 14, None), ("no injuries", "injured", 0, 0, None)],
    ),
    ("The murder of two nuns shocked the diocese.", [("two nuns", "killed", 2, 2, None)]),
    ("The clashes resulted in 12 deaths.", [("12 deaths", "killed", 12, 12, None)]),
    ("Gunmen shot dead three teachers in Narathiwat.", [("three teachers", "killed", 3, 3, None)]),
    ("Three teachers were gunned down outside a school.", [("Three teachers", "killed", 3, 3, None)]),
    ("Two policemen were stabbed to death in Lagos.", [("Two policemen", "killed", 2, 2, None)]),
    ("Twenty-two miners lost their lives underground.", [("Twenty-two miners", "killed", 22, 22, None)]),
    ("The attack, which killed 11 worshippers, drew anger.", [("11 worshippers", "killed", 11, 11, None)]),
    (
        "A rocket hit the camp, killing a mother and wounding her two sons.",
        [("a mother", "killed", 1, 1, None), ("two sons", "injured", 2, 2, None)],
    ),
    (
        "The strike on the depot on Monday night killed, by the mayor's count, 19 people.",
        [("19 people", "killed", 19, 19, None)],
    ),
    ("Rescuers recovered the bodies of six fishermen.", [("six fishermen", "killed", 6, 6, None)]),
    ("Six bodies were pulled from the rubble.", [("Six bodies", "killed", 6, 6, None)]),
    # --- bounds
    ("More than a dozen people were wounded.", [("More than a dozen people", "injured", 13, None, None)]),
    ("Dozens of protesters were arrested.", [("Dozens of protesters", "captured", 24, None, None)]),
    ("Scores were injured in the stampede.", [("Scores", "injured", 40, None, None)]),
    ("Hundreds of villagers were killed.", [("Hundreds of villagers", "killed", 200, None, None)]),
    ("A number of rebels were killed.", [("A number of rebels", "killed", 2, None, None)]),
    ("Several officers were hurt.", [("Several officers", "injured", 3, None, None)]),
    ("Up to 20 people may have been killed.", [("Up to 20 people", "killed", None, 20, None)]),
    ("As many as 300 migrants drowned.", [("As many as 300 migrants", "killed", None, 300, None)]),
    ("Nearly 30 passengers were killed.", [("Nearly 30 passengers", "killed", 30, 30, None)]),
    ("About 30 fighters were captured.", [("About 30 fighters", "captured", 30, 30, None)]),
    ("Between 10 and 15 militants were killed.", [("Between 10 and 15 militants", "killed", 10, 15, None)]),
    ("Some 10-15 militants were killed in the valley.", [("Some 10-15 militants", "killed", 10, 15, None)]),
    ("The fire killed 10 to 12 workers.", [("10 to 12 workers", "killed", 10, 12, None)]),
    ("Over 1,200 civilians have been killed since spring.", [("Over 1,200 civilians", "killed", 1201, None, None)]),
    ("Fewer than ten people were injured.", [("Fewer than ten people", "injured", None, 9, None)]),
    ("No fewer than 40 traders were kidnapped.", [("No fewer than 40 traders", "captured", 40, None, None)]),
    ("The war has displaced 1.5 million people.", [("1.5 million people", "displaced", 1500000, 1500000, None)]),
    (
        "Tens of thousands of people have fled their homes.",
        [("Tens of thousands of people", "displaced", 20000, None, None)],
    ),
    (
        "Several hundred families were displaced by the fighting.",
        [("Several hundred families", "displaced", 300, None, None)],
    ),
    ("Two dozen sailors are missing.", [("Two dozen sailors", "missing", 24, 24, None)]),
    ("A couple of guards were wounded.", [("A couple of guards", "injured", 2, 2, None)]),
    ("Half a dozen shepherds were abducted.", [("Half a dozen shepherds", "captured", 6, 6, None)]),
    ("Thirty or more people were trapped and killed.", [("Thirty or more people", "killed", 30, None, None)]),
    # --- none and one
    ("No one was killed in the explosion.", [("No one", "killed", 0, 0, None)]),
    ("There were no casualties.", [("no casualties", "casualties", 0, 0, None)]),
    ("Nobody was hurt, the governor said.", [("Nobody", "injured", 0, 0, None)]),
    (
        "The rocket fell in a field without causing casualties.",
        [("without causing casualties", "casualties", 0, 0, None)],
    ),
    ("None of the passengers was injured.", [("None of the passengers", "injured", 0, 0, None)]),
    ("A man was shot dead at a checkpoint.", [("A man", "killed", 1, 1, None)]),
    ("A 12-year-old boy was killed by shrapnel.", [("A 12-year-old boy", "killed", 1, 1, None)]),
    (
        "One soldier died and another was wounded.",
        [("One soldier", "killed", 1, 1, None), ("another", "injured", 1, 1, None)],
    ),
    ("A French journalist was abducted near Gao.", [("A French journalist", "captured", 1, 1, None)]),
    # --- elided heads
    ("10 were killed.", [("10", "killed", 10, 10, None)]),
    ("Seven others were hurt.", [("Seven others", "injured", 7, 7, None)]),
    ("A further three were taken hostage.", [("A further three", "captured", 3, 3, None)]),
    ("At least 15 were wounded, many of them seriously.", [("At least 15", "injured", 15, None, None)]),
    ("12 killed, 30 wounded in mosque blast", [("12", "killed", 12, 12, None), ("30", "injured", 30, 30, None)]),
    ("Five dead, two missing after avalanche", [("Five", "killed", 5, 5, None), ("two", "missing", 2, 2, None)]),
    # --- parts and wholes
    (
        "Seven people, including three women and four children, were killed.",
        [
            ("Seven people", "killed", 7, 7, None),
            ("three women", "killed", 3, 3, 0),
            ("four children", "killed", 4, 4, 0),
        ],
    ),
    (
        "The strike killed seven people: three women and four children.",
        [
            ("seven people", "killed", 7, 7, None),
            ("three women", "killed", 3, 3, 0),
            ("four children", "killed", 4, 4, 0),
        ],
    ),
    (
        "Eight people were injured, two of them critically.",
        [("Eight people", "injured", 8, 8, None), ("two of them", "injured", 2, 2, 0)],
    ),
    (
        "Ten people were wounded, one of whom later died.",
        [("Ten people", "injured", 10, 10, None), ("one of whom", "killed", 1, 1, 0)],
    ),
    (
        "Twenty people were killed, among them five nurses.",
        [("Twenty people", "killed", 20, 20, None), ("five nurses", "killed", 5, 5, 0)],
    ),
    (
        "At least 31 people were killed. Among the dead were nine children.",
        [("At least 31 people", "killed", 31, None, None), ("nine children", "killed", 9, 9, 0)],
    ),
    (
        "Six people were killed in Goma. The dead included two aid workers.",
        [("Six people", "killed", 6, 6, None), ("two aid workers", "killed", 2, 2, 0)],
    ),
    (
        "Fifteen people died, eight of them children.",
        [("Fifteen people", "killed", 15, 15, None), ("eight of them", "killed", 8, 8, 0)],
    ),
    # --- lists and several kinds
    (
        "The attack killed two soldiers, a driver and three civilians.",
        [
            ("two soldiers", "killed", 2, 2, None),
            ("a driver", "killed", 1, 1, None),
            ("three civilians", "killed", 3, 3, None),
        ],
    ),
    ("At least 50 people were killed or wounded.", [("At least 50 people", "casualties", 50, None, None)]),
    ("The army suffered 200 dead and wounded.", [("200", "casualties", 200, 200, None)]),
    (
        "Four people were killed and eleven others are still missing.",
        [("Four people", "killed", 4, 4, None), ("eleven others", "missing", 11, 11, None)],
    ),
    (
        "Security forces killed six gunmen and arrested two more.",
        [("six gunmen", "killed", 6, 6, None), ("two more", "captured", 2, 2, None)],
    ),
    ("The rebels took 17 peacekeepers hostage.", [("17 peacekeepers", "captured", 17, 17, None)]),
    ("More than 100 girls were abducted from a school.", [("More than 100 girls", "captured", 101, None, None)]),
    ("Two people were shot on Elm Street.", [("Two people", "casualties", 2, 2, None)]),
    ("The quake left 3,000 people homeless.", [("3,000 people", "displaced", 3000, 3000, None)]),
    ("Three climbers remain unaccounted for.", [("Three climbers", "missing", 3, 3, None)]),
    ("The gunman shot and killed two men.", [("two men", "killed", 2, 2, None)]),
    # --- uncertain
    ("Forty people are feared dead.", [("Forty people", "killed", 40, 40, None)]),
    ("Two miners are presumed dead after the collapse.", [("Two miners", "killed", 2, 2, None)]),
    # --- capitals
    (
        "GUERRILLAS KILLED FOUR SOLDIERS AND WOUNDED SIX MORE NEAR THE BRIDGE.",
        [("FOUR SOLDIERS", "killed", 4, 4, None), ("SIX MORE", "injured", 6, 6, None)],
    ),
    ("AT LEAST 12 PEASANTS WERE MURDERED YESTERDAY.", [("AT LEAST 12 PEASANTS", "killed", 12, None, None)]),
    # --- more ways of saying it
    (
        "Fighting has forced more than 40,000 people from their homes.",
        [
            ("more than 40,000 people", "displaced", 40001, None, None),
        ],
    ),
    ("Hospital officials put the number of dead at 61.", [("61", "killed", 61, 61, None)]),
    ("The number of people killed has passed 500.", [("500", "killed", 501, None, None)]),
    ("There was no loss of life.", [("no loss of life", "killed", 0, 0, None)]),
    ("A suicide bomber killed himself and five others.", [("five others", "killed", 5, 5, None)]),
    ("Militants beheaded two captives.", [("two captives", "killed", 2, 2, None)]),
    ("The rebels freed 20 hostages.", []),
    ("The militia took 20 hostages.", [("20 hostages", "captured", 20, 20, None)]),
    ("The army lost 15 men in the battle.", [("15 men", "killed", 15, 15, None)]),
    ("Thousands have fled the town.", [("Thousands", "displaced", 2000, None, None)]),
    ("Two men fled the scene.", []),
    ("Half a million people have been displaced.", [("Half a million people", "displaced", 500000, 500000, None)]),
    ("Around 30 rebels were killed or captured.", [("Around 30 rebels", "casualties", 30, 30, None)]),
    (
        "Of 10 crew members, seven died and three are missing.",
        [
            ("seven", "killed", 7, 7, None),
            ("three", "missing", 3, 3, None),
        ],
    ),
    (
        "Two police and four civilians were among the dead.",
        [
            ("Two police", "killed", 2, 2, None),
            ("four civilians", "killed", 4, 4, None),
        ],
    ),
    (
        "A teenage girl was among four people killed by a landmine.",
        [
            ("A teenage girl", "killed", 1, 1, 1),
            ("four people", "killed", 4, 4, None),
        ],
    ),
    (
        "Nineteen officers were hurt, one seriously.",
        [
            ("Nineteen officers", "injured", 19, 19, None),
            ("one", "injured", 1, 1, 0),
        ],
    ),
    (
        "Fourteen people were killed on Monday. Of those killed, 12 were children.",
        [
            ("Fourteen people", "killed", 14, 14, None),
            ("12", "killed", 12, 12, 0),
        ],
    ),
    (
        "Three more bodies were found, taking the toll to 15.",
        [
            ("Three more bodies", "killed", 3, 3, None),
            ("15", "killed", 15, 15, None),
        ],
    ),
    (
        "The fire killed a couple and their three children.",
        [
            ("a couple", "killed", 2, 2, None),
            ("three children", "killed", 3, 3, None),
        ],
    ),
    ("The son of a baker was killed.", []),
    ("Three suicide bombers killed at least two guards.", [("at least two guards", "killed", 2, None, None)]),
    ("After the killing, some 10,000 mourners marched.", []),
    ("She has 3 children and was born in 1984.", []),
    ("The militants executed nine captured soldiers.", [("nine captured soldiers", "killed", 9, 9, None)]),
    ("Troops rescued 58 hostages and killed three kidnappers.", [("three kidnappers", "killed", 3, 3, None)]),
    ("The death toll from the quake has surpassed 2,000.", [("2,000", "killed", 2001, None, None)]),
    ("The death toll rose by 12 to 140.", [("140", "killed", 140, 140, None)]),
    ("Some 6,261 soldiers were killed between 2006 and 2009.", [("Some 6,261 soldiers", "killed", 6261, 6261, None)]),
    ("One in five residents has been displaced.", []),
    ("He was killed along with two bodyguards.", [("two bodyguards", "killed", 2, 2, None)]),
    ("A boy of 14 was killed.", [("A boy", "killed", 1, 1, None)]),
    (
        "Eleven people died. Eight of the dead were women.",
        [
            ("Eleven people", "killed", 11, 11, None),
            ("Eight", "killed", 8, 8, 0),
        ],
    ),
    (
        "Three Kenyans, including a toddler, and 12 Somalis have been killed.",
        [
            ("Three Kenyans", "killed", 3, 3, None),
            ("a toddler", "killed", 1, 1, 0),
            ("12 Somalis", "killed", 12, 12, None),
        ],
    ),
    (
        "Doctors treated 45 wounded people, including 10 children.",
        [
            ("45 wounded people", "injured", 45, 45, None),
            ("10 children", "injured", 10, 10, 0),
        ],
    ),
    # --- figures of one count, clauses without their verb
    (
        "The toll was raised to 90 from 71.",
        [("90", "killed", 90, 90, None), ("71", "killed", 71, 71, None)],
    ),
    (
        "The injury toll, which had stood at 40 since dawn, was lowered to 33.",
        [("40", "injured", 40, 40, None), ("33", "injured", 33, 33, None)],
    ),
    (
        "Officials revised the number of dead up to 82.",
        [("82", "killed", 82, 82, None)],
    ),
    ("Casualties in the night raid: 31, according to the clinic.", [("31", "casualties", 31, 31, None)]),
    (
        "Nine sailors were injured, not seven, the port said.",
        [("Nine sailors", "injured", 9, 9, None), ("seven", "injured", 7, 7, None)],
    ),
    (
        "The mine says that one welder was burned to death. The union says three.",
        [("one welder", "killed", 1, 1, None), ("three", "killed", 3, 3, None)],
    ),
    (
        "Six farmers were killed in Lunda, two in Moxico.",
        [("Six farmers", "killed", 6, 6, None), ("two", "killed", 2, 2, None)],
    ),
    (
        "Clinics took in 20 wounded on Monday, 12 on Tuesday and, after the rain, none.",
        [("20", "injured", 20, 20, None), ("12", "injured", 12, 12, None), ("none", "injured", 0, 0, None)],
    ),
    (
        "The raid killed six and 200 mourners marched behind the coffins.",
        [("six", "killed", 6, 6, None)],
    ),
    (
        "Six people were killed and 12 houses burned at 9 on Monday.",
        [("Six people", "killed", 6, 6, None)],
    ),
    (
        "Thirty people were held after the march, a nun among them.",
        [("Thirty people", "captured", 30, 30, None), ("a nun", "captured", 1, 1, 0)],
    ),
    (
        "The toll stands at 50; at least 20 were schoolgirls.",
        [("50", "killed", 50, 50, None), ("at least 20", "killed", 20, None, 0)],
    ),
    (
        "Among the twelve dead in the chapel were two Greek cadets.",
        [("twelve", "killed", 12, 12, None), ("two Greek cadets", "killed", 2, 2, 0)],
    ),
    (
        "Nine hikers froze to death above the village of Ushba - five Czechs and four Poles.",
        [
            ("Nine hikers", "killed", 9, 9, None),
            ("five Czechs", "killed", 5, 5, 0),
            ("four Poles", "killed", 4, 4, 0),
        ],
    ),
    (
        "killed:6 / wounded:11 / place:Ondo ferry",
        [("6", "killed", 6, 6, None), ("11", "injured", 11, 11, None)],
    ),
    (
        "Ondo jail fire/14 inmates dead/9 injured",
        [("14 inmates", "killed", 14, 14, None), ("9", "injured", 9, 9, None)],
    ),
    ("He spoke of 9/11 and of the 24/7 watch for the dead.", []),
    (
        "At least 8 of the 20 wounded are in critical condition.",
        [("At least 8", "injured", 8, None, 1), ("20", "injured", 20, 20, None)],
    ),
    ("Of the 60 passengers, 12 died.", [("12", "killed", 12, 12, None)]),
    (
        "Two nurses among 9 held in Moroto",
        [("Two nurses", "captured", 2, 2, 1), ("9", "captured", 9, 9, None)],
    ),
    (
        "Shells struck the quay, wounding a man, 40, and his son, 9.",
        [("a man", "injured", 1, 1, None)],
    ),
    (
        "Ten people died. Police lowered the figure to nine from eleven.",
        [
            ("Ten people", "killed", 10, 10, None),
            ("nine", "killed", 9, 9, None),
            ("eleven", "killed", 11, 11, None),
        ],
    ),
    (
        "Nine people were killed, she said. She had earlier put the number at seven.",
        [("Nine people", "killed", 9, 9, None), ("seven", "killed", 7, 7, None)],
    ),
    ("The fighting drove 6,000 people from the valley.", [("6,000 people", "displaced", 6000, 6000, None)]),
    ("Five divers could not be found.", [("Five divers", "missing", 5, 5, None)]),
    ("There is no trace of three divers.", [("three divers", "missing", 3, 3, None)]),
    ("Police are searching for two gunmen.", []),
    ("The fire drowned out talk, but killed 1 480 in all.", [("1 480", "killed", 1480, 1480, None)]),
    ("The flood made 3 lakh villagers homeless.", [("3 lakh villagers", "displaced", 300000, 300000, None)]),
    ("Man, 34, stabbed to death in tram depot", [("Man", "killed", 1, 1, None)]),
    ("The envoy, a lawyer, was killed.", []),
    ("A mother of three was killed.", [("A mother", "killed", 1, 1, None)]),
    ("In the film a sheriff kills 40 bandits.", []),
    # --- no tolls
    ("The committee killed the bill by 12 votes.", []),
    ("He is 45 and lives in Nairobi.", []),
    ("The bomb exploded 3 km from the base on 5 May 2019.", []),
    ("The ministry will pay $5 million to the region.", []),
    ("Chelsea lost two matches and are missing three players through injury.", []),
    ("Road accidents kill about 20,000 people a year.", []),
    ("The third attack destroyed two houses and a school.", []),
    ("The party captured 40 seats.", []),
    ("The group threatened to kill two hostages.", []),
    ("John Mbeki, 30, was elected by 210 members.", []),
    ("Two gunmen on a motorcycle killed the mayor.", []),
    ("Troops seized 200 rifles and three trucks.", []),
    ("The drought killed 400 cattle.", []),
    # --- asked, unknown, someone else's
    ("The army claimed a victory, without specifying how many people had been killed.", []),
    ("It was not clear how many of the 30 hostages had been killed.", []),
    ("The mayor could not say whether 12 miners had died.", []),
    ("Were 40 people killed in Kano?", []),
    ("A woman whose brother was killed in March spoke at the vigil.", []),
    ("She was shot near the one where the colonel had died.", []),
    ("There were no serious injuries among the staff.", []),
    ("The quarrel could mean killing the 2011 border treaty.", []),
    ("On 04-06-2016 40 civilians were killed in Kano.", [("40 civilians", "killed", 40, 40, None)]),
    # --- counts under way: the harm was told before
    (
        "Eight people were wounded at the crossing, the Kurds say. Baghdad sticks to three.",
        [("Eight people", "injured", 8, 8, None), ("three", "injured", 3, 3, None)],
    ),
    (
        "Gunmen raided Gao on Sunday and killed shepherds. The governor's office counts nine men.",
        [("nine men", "killed", 9, 9, None)],
    ),
    (
        "How many died at the checkpoint? Forty, says the union.",
        [("Forty", "killed", 40, 40, None)],
    ),
    (
        "Moscow said nobody was hurt; Tbilisi says five were.",
        [("nobody", "injured", 0, 0, None), ("five", "injured", 5, 5, None)],
    ),
    ("Twelve is the full number of those killed, the governor insists.", [("Twelve", "killed", 12, 12, None)]),
    ("Seven engineers have been taken, the company says.", [("Seven engineers", "captured", 7, 7, None)]),
    ("Seven engineers have been taken to the capital by bus.", []),
    ("Nine soldiers are in Iranian hands, the junta admits.", [("Nine soldiers", "captured", 9, 9, None)]),
    ("The siege cost the brigade forty fighters.", [("forty fighters", "killed", 40, 40, None)]),
    ("The jet was shot down with the loss of its two pilots.", [("two pilots", "killed", 2, 2, None)]),
    ("On 3 May 45 people were killed in Odesa.", [("45 people", "killed", 45, 45, None)]),
    (
        "The ministry counts 45,000 of its people in shelters.",
        [("45,000 of its people", "displaced", 45000, 45000, None)],
    ),
    ("Two guards had shrapnel in their legs.", [("Two guards", "injured", 2, 2, None)]),
    ("The minister was killed in March. His party counts 24 members in the assembly.", []),
    # --- every member of a list of parts, and what is left of a whole
    (
        "Of the 11 injured, four were soldiers and seven civilians.",
        [
            ("11", "injured", 11, 11, None),
            ("four", "injured", 4, 4, 0),
            ("seven civilians", "injured", 7, 7, 0),
        ],
    ),
    (
        "Of the 23 dead, nine were women, eight children and the remaining six men.",
        [
            ("23", "killed", 23, 23, None),
            ("nine", "killed", 9, 9, 0),
            ("eight children", "killed", 8, 8, 0),
            ("six men", "killed", 6, 6, 0),
        ],
    ),
    (
        "Nineteen people died: seven in the market, nine at the mosque and three in hospital.",
        [
            ("Nineteen people", "killed", 19, 19, None),
            ("seven", "killed", 7, 7, 0),
            ("nine", "killed", 9, 9, 0),
            ("three", "killed", 3, 3, 0),
        ],
    ),
    (
        "Twelve people were killed, five of them soldiers. The rest were militants.",
        [
            ("Twelve people", "killed", 12, 12, None),
            ("five of them", "killed", 5, 5, 0),
            ("The rest", "killed", 7, 7, 0),
        ],
    ),
    (
        "Fifteen hostages were taken, eight of them foreigners and the rest local staff.",
        [
            ("Fifteen hostages", "captured", 15, 15, None),
            ("eight of them", "captured", 8, 8, 0),
            ("the rest", "captured", 7, 7, 0),
        ],
    ),
    (
        "At least 20 people were killed, five of them soldiers. The rest were militants.",
        [("At least 20 people", "killed", 20, None, None), ("five of them", "killed", 5, 5, 0)],
    ),
    (
        "Nine people were killed, two of them guards. The rest of the country was calm.",
        [("Nine people", "killed", 9, 9, None), ("two of them", "killed", 2, 2, 0)],
    ),
    # --- flights from one place to another
    (
        "The colonel said as many as 30 families had fled from San Jose to Cordoba.",
        [("as many as 30 families", "displaced", None, 30, None)],
    ),
    (
        "At least 300 villagers have escaped to Benin since the raid.",
        [("At least 300 villagers", "displaced", 300, None, None)],
    ),
    (
        "Fifty farmers had run from their village to the forest.",
        [("Fifty farmers", "displaced", 50, 50, None)],
    ),
    ("Around 40 students fled the hall when the alarm rang.", []),
    ("Thirty soldiers fled from the post to the capital.", []),
    # --- numbers that one calls, and old years
    ("According to 911 dispatchers, two of the victims were hurt.", [("two of the victims", "injured", 2, 2, None)]),
    ("In 1822, the church was burned to the ground.", []),
]
