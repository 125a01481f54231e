"""A second set of short texts of our own, written after the rules stood and first run blind: 1980s to now, longer
coreference, titles in odd places, names that the lexicon lacks."""

from __future__ import annotations

from .sentences import Case

MORE_CASES: tuple[Case, ...] = (
    Case(
        "Contra rebels ambushed a Nicaraguan army convoy near Jinotega, Defense Minister Humberto Ortega said.",
        (
            ("Contra rebels", None, "NIC", "REB"),
            ("Defense Minister Humberto Ortega", "Humberto Ortega", "NIC", "GOV"),
        ),
        published="1987-06-02",
    ),
    Case(
        "Gen. Mirza Aslam Beg, Pakistan's army chief, met his Chinese counterpart. Beg said the talks went well.",
        (
            ("Gen. Mirza Aslam Beg", "Mirza Aslam Beg", "PAK", "MIL"),
            ("his", "Mirza Aslam Beg", "PAK", "MIL"),
            ("Beg", "Mirza Aslam Beg", "PAK", "MIL"),
        ),
        published="1990-03-01",
    ),
    Case(
        "Tamil Tiger rebels killed 12 Sri Lankan sailors off Trincomalee. The navy said it sank two boats.",
        (
            ("Tamil Tiger rebels", "Liberation Tigers of Tamil Eelam", "LKA", "REB"),
            ("12 Sri Lankan sailors", None, "LKA", "*"),
            ("navy", None, "LKA", "MIL"),
            ("it", None, "LKA", "MIL"),
        ),
        published="2000-10-23",
    ),
    Case(
        "Chad's government said rebels backed by Sudan had crossed the border. N'Djamena broke off ties with Khartoum.",
        (
            ("Chad's government", "Chad", "TCD", "GOV"),
            ("rebels", "rebels", "TCD", "REB"),
            ("Sudan", "Sudan", "SDN", "GOV"),
            ("N'Djamena", "Chad", "TCD", "GOV"),
            ("Khartoum", "Sudan", "SDN", "GOV"),
        ),
        published="2006-04-14",
    ),
    Case(
        "Ukraine's air force shot down 18 drones overnight, its commander Mykola Oleshchuk said.",
        (
            ("Ukraine's air force", "Ukrainian air force", "UKR", "MIL"),
            ("commander Mykola Oleshchuk", "Mykola Oleshchuk", "UKR", "MIL"),
        ),
    ),
    Case(
        "The president of Zambia, Hakainde Hichilema, told lawmakers that he would not seek a third term.",
        (
            ("lawmakers", None, "ZMB", "LEG"),
            ("he", "Hakainde Hichilema", "ZMB", "GOV"),
        ),
    ),
    Case(
        "Dutch police arrested three men in Rotterdam. They are suspected of plotting an attack.",
        (
            ("Dutch police", "Dutch police", "NLD", "COP"),
            ("three men", "men", "NLD", "CVL"),
            ("They", "men", "NLD", "CVL"),
        ),
        ("Rotterdam",),
    ),
    Case(
        "Two members of the Al-Quds Brigades, the armed wing of Islamic Jihad, were killed, a hospital official said.",
        (
            ("Islamic Jihad", "Palestinian Islamic Jihad", "PSE", "REB"),
            ("hospital official", None, "PSE", "MED"),
        ),
    ),
    Case(
        "Foreign ministry spokeswoman Maria Zakharova said Russia would respond. She gave no details.",
        (
            ("Foreign ministry spokeswoman Maria Zakharova", "Maria Zakharova", "RUS", "GOV"),
            ("Russia", "Russia", "RUS", "GOV"),
            ("She", "Maria Zakharova", "RUS", "GOV"),
        ),
    ),
    Case(
        "Burkina Faso's military ruler Ibrahim Traoré expelled three French diplomats.",
        (
            ("Burkina Faso's military ruler Ibrahim Traoré", "Ibrahim Traoré", "BFA", "*"),
            ("three French diplomats", "French diplomats", "FRA", "GOV"),
        ),
    ),
    Case(
        "Serbia and Kosovo blamed each other after Serb gunmen stormed a village, killing a Kosovar policeman.",
        (
            ("Serbia", "Serbia", "SRB", "GOV"),
            ("Kosovo", "Kosovo", "XKX", "GOV"),
            ("Serb gunmen", None, "SRB", "UAF"),
            ("Kosovar policeman", None, "XKX", "COP"),
        ),
    ),
    Case(
        "The Arakan Army overran a base in Rakhine. The rebels said they captured 60 soldiers.",
        (
            ("Arakan Army", "Arakan Army", "MMR", "REB"),
            ("rebels", "Arakan Army", "MMR", "REB"),
            ("they", "Arakan Army", "MMR", "REB"),
            ("60 soldiers", None, "MMR", "MIL"),
        ),
    ),
    Case(
        "South Korea's Joint Chiefs of Staff said North Korea fired a missile, and Tokyo lodged a protest.",
        (
            ("North Korea", "North Korea", "PRK", "GOV"),
            ("Tokyo", "Japan", "JPN", "GOV"),
        ),
    ),
    Case(
        "Mayor Eduardo Paes of Rio de Janeiro criticised the state police. He called the raid a mistake.",
        (("Mayor Eduardo Paes", "Eduardo Paes", "*", "GOV"), ("He", "Eduardo Paes", "*", "GOV")),
    ),
    Case(
        "Turkish President Recep Tayyip Erdogan and his Egyptian counterpart Abdel Fattah al-Sisi met in Cairo.",
        (
            ("Turkish President Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "TUR", "GOV"),
            ("Egyptian counterpart Abdel Fattah al-Sisi", None, "EGY", "GOV"),
        ),
        ("Cairo",),
    ),
    Case(
        "Cuba's state television showed President Miguel Díaz-Canel, who blamed Washington for the unrest.",
        (
            ("Cuba's state television", "Cuban state television", "CUB", "JRN"),
            ("President Miguel Díaz-Canel", None, "CUB", "GOV"),
            ("who", None, "CUB", "GOV"),
            ("Washington", "United States", "USA", "GOV"),
        ),
    ),
    Case(
        "Anti-balaka militiamen looted shops owned by Muslims in Bangui, the United Nations mission said.",
        (
            ("Anti-balaka militiamen", "Anti-balaka", "CAF", "PRM"),
            ("Muslims", None, "*", "*"),
        ),
        ("Bangui",),
    ),
    Case(
        "Protesters in Lima clashed with riot police, leaving 30 people injured, the health ministry said.",
        (
            ("Protesters", None, "PER", "CVL"),
            ("riot police", None, "PER", "COP"),
            ("30 people", "people", "PER", "CVL"),
            ("health ministry", None, "PER", "GOV"),
        ),
    ),
    Case(
        "The Algerian newspaper El Djarida reported that customs officers had been shot at by smugglers.",
        (("Algerian newspaper El Djarida", "El Djarida", "DZA", "JRN"), ("smugglers", None, "DZA", "CRM")),
    ),
    Case(
        "Lebanon's Hezbollah fired rockets at northern Israel. Israel's army responded with artillery.",
        (
            ("Hezbollah", "Hezbollah", "LBN", "REB"),
            ("Israel's army", "Israeli military", "ISR", "MIL"),
        ),
    ),
    Case(
        "Ansar al-Fajr fighters attacked a checkpoint. Ansar al-Fajr later said 10 of its men had died.",
        (("Ansar al-Fajr", "Ansar al-Fajr", None, "REB"),),
    ),
    Case(
        "Mozambique's police chief Bernardino Rafael denied that officers had opened fire on the crowd.",
        (
            ("Mozambique's police chief Bernardino Rafael", "Bernardino Rafael", "MOZ", "COP"),
            ("officers", None, "MOZ", "COP"),
        ),
    ),
    Case(
        "Canada expelled Indian diplomats; New Delhi rejected the charge and told Ottawa to withdraw its envoys.",
        (
            ("Canada", "Canada", "CAN", "GOV"),
            ("Indian diplomats", "Indian diplomats", "IND", "GOV"),
            ("New Delhi", "India", "IND", "GOV"),
            ("Ottawa", "Canada", "CAN", "GOV"),
        ),
    ),
    Case(
        "Kurdish fighters of the YPG repelled the assault, the Syrian Observatory for Human Rights said.",
        (
            ("Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights", "SYR", "SOC"),
            ("YPG", "People's Protection Units", "SYR", "REB"),
        ),
    ),
    Case(
        "Fiji's prime minister warned Australia. The prime minister said Suva would not be bullied.",
        (
            ("Fiji's prime minister", None, "FJI", "GOV"),
            ("Australia", "Australia", "AUS", "GOV"),
            ("prime minister", None, "FJI", "GOV"),
        ),
    ),
    Case(
        "An Egyptian court sentenced eight Muslim Brotherhood leaders to death.",
        (
            ("Egyptian court", "Egyptian court", "EGY", "JUD"),
            ("eight Muslim Brotherhood leaders", None, "EGY", "*"),
        ),
    ),
    Case(
        "Guinea's junta leader Colonel Mamady Doumbouya dissolved the government on Monday.",
        (("Guinea's junta leader Colonel Mamady Doumbouya", None, "GIN", "*"),),
    ),
    Case(
        "Poland summoned the Russian ambassador after a missile crossed its airspace. Warsaw demanded an explanation.",
        (
            ("Poland", "Poland", "POL", "GOV"),
            ("Russian ambassador", "Russian ambassador", "RUS", "GOV"),
            ("Warsaw", "Poland", "POL", "GOV"),
        ),
    ),
    Case(
        "The International Atomic Energy Agency said Iran had told it of the plan. The agency urged restraint.",
        (
            ("International Atomic Energy Agency", "International Atomic Energy Agency", None, "IGO"),
            ("Iran", "Iran", "IRN", "GOV"),
            ("agency", "International Atomic Energy Agency", None, "IGO"),
        ),
    ),
    Case(
        "Jailed Kremlin critic Alexei Navalny accused prison officials of torture.",
        (
            ("Jailed Kremlin critic Alexei Navalny", "Alexei Navalny", "RUS", "*"),
            ("prison officials", None, "*", "COP"),
        ),
        published="2021-09-01",
    ),
    Case(
        "A sergeant of the Guardia Civil, Iker Sanz, was shot dead in Bilbao.",
        (("Iker Sanz", "Iker Sanz", "ESP", "COP"),),
    ),
    Case(
        "General Suresh Rana, the armed forces chief, met Maria Petrova, his Bulgarian counterpart, in Nepal.",
        (("General Suresh Rana", "Suresh Rana", "NPL", "MIL"), ("Maria Petrova", "Maria Petrova", "BGR", "MIL")),
    ),
    Case(
        "Lima, through Ana Rojas Quispe, promised to send aid to Ecuador.",
        (("Ana Rojas Quispe", "Ana Rojas Quispe", "PER", "GOV"),),
    ),
    Case(
        "Ghana, which has sent 600 soldiers to Liberia, wants a truce. Poland evacuated 150 citizens from Liberia.",
        (("600 soldiers", None, "GHA", "MIL"), ("150 citizens", None, "POL", "CVL")),
    ),
    Case(
        "Uganda took in 3,000 refugees after fighting in South Sudan on Friday.",
        (("3,000 refugees", "refugees", "SSD", "REF"),),
    ),
    Case(
        "Three Danes and two others were kidnapped in Niger. Brussels condemned it.",
        (("two others", "others", "*", "CVL"), ("Brussels", "European Union", None, "IGO")),
    ),
    Case(
        "The PKK's spokesman, Rojhat Demir, said that gunmen had left Turkey. A grey Toyota burned.",
        (("PKK", None, "TUR", "REB"), ("spokesman, Rojhat Demir", "Rojhat Demir", "TUR", "REB")),
        absent=("Toyota",),
    ),
    Case(
        "just heard soldiers are at the gate in accra, ghana's army said nothing. people here had it from lagos",
        (("soldiers", None, "GHA", "MIL"), ("ghana's army", None, "GHA", "MIL"), ("people", "people", "*", "CVL")),
    ),
)
