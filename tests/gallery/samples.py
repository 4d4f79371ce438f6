"""Sample data for the component gallery: the texts of the design's mock pages, in both languages.

Every text is marked as a sample on the page. Nobody is named; numbers of counties are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.templatetags.static import static
from django.utils.html import format_html

from welsh.alphabet import ENGLISH_LETTERS, LETTERS

OTHER = {"en": "cy", "cy": "en"}
NAMES = {"en": "English", "cy": "Cymraeg"}


@dataclass(frozen=True)
class Both:
    """One text in both languages."""

    en: str
    cy: str


def both(en: str, cy: str) -> Both:
    """Pair an English text with its Welsh one."""
    return Both(en, cy)


def in_language(value: Any, language: str) -> Any:
    """Return `value` with every pair inside it replaced by its text in `language`."""
    if isinstance(value, Both):
        return getattr(value, language)
    if isinstance(value, dict):
        return {key: in_language(part, language) for key, part in value.items()}
    if isinstance(value, list):
        return [in_language(part, language) for part in value]
    return value


# State, number of organisations, short and full name in English and in Welsh; north to south.
# The full names hold soft hyphens where the tiles are narrow.
COUNTIES: list[tuple[str, int, str, str, str, str]] = [
    ("some", 2, "Ang", "Môn", "Isle of Anglesey", "Ynys Môn"),
    ("some", 3, "Con", "Con", "Conwy", "Conwy"),
    ("some", 4, "Den", "Ddin", "Denbigh\u00adshire", "Sir Ddinbych"),
    ("none", 0, "Fli", "Ffl", "Flintshire", "Sir y Fflint"),
    ("group", 5, "Gwy", "Gwy", "Gwynedd", "Gwynedd"),
    ("group", 9, "Wre", "Wre", "Wrexham", "Wrecsam"),
    ("group", 8, "Cer", "Cer", "Ceredigion", "Ceredigion"),
    ("group", 11, "Pow", "Pow", "Powys", "Powys"),
    ("some", 4, "Pem", "Ben", "Pembroke\u00adshire", "Sir Benfro"),
    ("some", 6, "Car", "Gâr", "Carmarthen\u00adshire", "Sir Gaerfyrddin"),
    ("some", 3, "Mer", "Mer", "Merthyr Tydfil", "Merthyr Tudful"),
    ("none", 0, "BG", "BG", "Blaenau Gwent", "Blaenau Gwent"),
    ("group", 7, "Mon", "Fyn", "Monmouth\u00adshire", "Sir Fynwy"),
    ("group", 22, "Swa", "Abe", "Swansea", "Abertawe"),
    ("some", 6, "NPT", "Nedd", "Neath Port Talbot", "Castell-nedd Port Talbot"),
    ("some", 5, "RCT", "RCT", "Rhondda Cynon Taf", "Rhondda Cynon Taf"),
    ("some", 4, "Cph", "Cff", "Caerphilly", "Caerffili"),
    ("none", 0, "Tor", "Tor", "Torfaen", "Torfaen"),
    ("some", 3, "Bri", "Pen", "Bridgend", "Pen-y-bont ar Ogwr"),
    ("some", 5, "Vale", "Bro", "Vale of Glamorgan", "Bro Morgannwg"),
    ("group", 24, "Car", "Cdd", "Cardiff", "Caerdydd"),
    ("group", 12, "New", "Cas", "Newport", "Casnewydd"),
]

CLOTHS = [
    {"key": "croeso", "name": both("Home", "Hafan"), "seed": "home"},
    {"key": "straeon", "name": both("Stories", "Straeon"), "seed": "stories"},
    {"key": "adnoddau", "name": both("Resources", "Adnoddau"), "seed": "resources"},
    {"key": "ffeithiau", "name": both("Facts", "Ffeithiau"), "seed": "facts"},
    {"key": "digwyddiadau", "name": both("Events", "Digwyddiadau"), "seed": "events"},
    {"key": "rhwydwaith", "name": both("Near you", "Yn eich ardal"), "seed": "network"},
]

OPENING_STEPS = [
    {
        "at": "0:00",
        "pattern": "talk",
        "minutes": 10,
        "kind": both("Together", "Gyda’n gilydd"),
        "title": both("Welcome and ground rules", "Croeso a rheolau sylfaenol"),
        "text": both(
            "Say names, say why we are here. Agree what stays in the room.",
            "Dweud enwau, dweud pam ydym ni yma. Cytuno beth sy’n aros yn yr ystafell.",
        ),
    },
    {
        "at": "0:10",
        "pattern": "pair",
        "minutes": 15,
        "kind": both("In pairs", "Mewn parau"),
        "title": both("A time you changed your mind", "Adeg pan newidioch chi’ch meddwl"),
        "text": both(
            "What helped? Usually a person, seldom a number.",
            "Beth helpodd? Person fel arfer, anaml y bydd rhif.",
        ),
    },
    {
        "at": "0:50",
        "pattern": "rest",
        "minutes": 10,
        "kind": both("Break", "Toriad"),
        "title": both("Tea", "Te"),
        "text": both(
            "Leave it long enough for people to talk.", "Gadewch ddigon o amser i bobl siarad."
        ),
    },
    {
        "at": "1:00",
        "pattern": "act",
        "minutes": 40,
        "kind": both("In threes", "Mewn trioedd"),
        "title": both("Practise with the cards", "Ymarfer gyda’r cardiau"),
        "text": both(
            "One speaks, one answers, one watches. Change places. Stop if it hurts.",
            "Un yn siarad, un yn ateb, un yn gwylio. Newid lle. Stopiwch os yw’n brifo.",
        ),
    },
]

FACT = both(
    "In Derby, neighbours were asked first. Opposition stayed small.",
    "Yn Derby, siaradwyd â’r cymdogion yn gyntaf. Bach oedd y gwrthwynebiad.",
)
SHARE_TEXT = both(
    "In Derby, the council paid a local group to talk with people on the doorstep before asylum "
    "accommodation opened. In the end, opposition was small. The fact and its sources: "
    "dinasnoddfa.example/en/f/12",
    "Yn Derby, talodd y cyngor i grŵp lleol siarad â phobl ar garreg y drws cyn i lety lloches "
    "agor. Bach oedd y gwrthwynebiad yn y diwedd. Y ffaith a’i ffynonellau: "
    "dinasnoddfa.example/cy/f/12",
)


def picture(alternative_text: str) -> str:
    """Return the stand-in for a photograph with its alternative text."""
    return format_html(
        '<img src="{}" width="1200" height="675" alt="{}" decoding="async">',
        static("gallery/hills.webp"),
        alternative_text,
    )


def documents(first: str) -> list[dict[str, Any]]:
    """Return the documents of one resource, files of the language `first` first.

    The last document exists in English only, so that the words for a missing one are seen.
    """
    files: list[tuple[Both, Both, dict[str, list[tuple[str, str]]]]] = [
        (
            both("Facilitator guide", "Canllaw hwylusydd"),
            both("Read this first", "Darllenwch hwn yn gyntaf"),
            {
                "en": [("PDF", "1.2 MB"), ("DOCX", "330 KB")],
                "cy": [("PDF", "1.2 MB"), ("DOCX", "340 KB")],
            },
        ),
        (
            both("Scenario cards", "Cardiau sefyllfa"),
            both("Print on one side and cut", "Argraffwch ar un ochr a thorri"),
            {"en": [("PDF", "205 KB")], "cy": []},
        ),
        (
            both("Session plan", "Cynllun sesiwn"),
            both("2 pages, to print", "2 dudalen, i’w hargraffu"),
            {"en": [], "cy": [("PDF", "90 KB")]},
        ),
    ]
    return [
        {
            "name": name,
            "note": note,
            "versions": [
                {
                    "code": code,
                    "language": NAMES[code],
                    "files": [
                        {"url": "#", "format": kind, "size": size} for kind, size in kinds[code]
                    ],
                }
                for code in (first, OTHER[first])
            ],
        }
        for name, note, kinds in files
    ]


def formats(language: str, sizes: dict[str, str]) -> list[dict[str, str]]:
    """Return the lines of formats, the page's language first."""
    return [
        {"code": code, "name": NAMES[code], "text": sizes[code]}
        for code in (language, OTHER[language])
    ]


SQUARE = both("Square", "Sgwâr")


def share_kits(language: str) -> list[dict[str, Any]]:
    """Return both halves of the share kit, the page's language first."""
    return [
        {
            "code": code,
            "name": NAMES[code],
            "title": in_language(FACT, code),
            "seed": "neighbours-were-asked-first",
            "cards": [
                {
                    "name": in_language(SQUARE, code),
                    "files": [
                        {"url": "#", "format": "PNG", "size": "42 KB"},
                        {"url": "#", "format": "SVG", "size": "6 KB"},
                    ],
                }
            ],
            "text": in_language(SHARE_TEXT, code),
            "message": in_language(SHARE_TEXT, code),
            "subject": in_language(FACT, code),
            "alt": in_language(FACT, code),
            "sheet_url": "#",
            "sheet_size": "96 KB",
        }
        for code in (language, OTHER[language])
    ]


def samples(language: str) -> dict[str, Any]:
    """Return the whole context of the gallery in `language` ("en" or "cy")."""
    starts = datetime(2026, 12, 5, 11, 0, tzinfo=ZoneInfo("Europe/London"))
    whole: dict[str, Any] = {
        "alert": {
            "heading": both(
                "Today’s Welcome Day will not take place.",
                "Ni fydd y Diwrnod Croeso heddiw’n digwydd.",
            ),
            "text": both(
                "Everyone who booked has been told.", "Rydym wedi rhoi gwybod i bawb a archebodd."
            ),
            "link_url": "#",
            "link_text": both("What to do now", "Beth i’w wneud nawr"),
        },
        "cloths": CLOTHS,
        "photo": {
            "title": both(
                "The label is sewn over a photograph in the same way",
                "Mae’r label yn cael ei wnïo dros ffotograff yn yr un modd",
            ),
            "lede": both(
                "The strip of cloth stays, so that a page keeps its own pattern.",
                "Mae’r stribed brethyn yn aros, fel bod tudalen yn cadw ei phatrwm ei hun.",
            ),
            "cover_picture": picture(
                in_language(
                    both(
                        "Hills in mist. A drawing that stands in for a photograph.",
                        "Bryniau mewn niwl. Llun sy’n cymryd lle ffotograff.",
                    ),
                    language,
                )
            ),
            "picture": picture(
                in_language(
                    both(
                        "Blue hills one behind the other in morning mist. A drawing that stands"
                        " in for a photograph.",
                        "Bryniau glas y naill y tu ôl i’r llall yn niwl y bore. Llun sy’n "
                        "cymryd lle ffotograff.",
                    ),
                    language,
                )
            ),
            "caption": both(
                "What the picture shows, in one sentence.",
                "Beth mae’r llun yn ei ddangos, mewn un frawddeg.",
            ),
            "credit": both(
                "Picture: name of the maker. Everyone in it has agreed.",
                "Llun: enw’r gwneuthurwr. Mae pawb ynddo wedi cytuno.",
            ),
        },
        "notice": {
            "heading": both("A notice sewn on the page", "Hysbysiad wedi’i wnïo ar y dudalen"),
            "text": both(
                "For safety, consent and privacy. Seldom more than one on a page.",
                "Ar gyfer diogelwch, caniatâd a phreifatrwydd. Anaml mwy nag un ar dudalen.",
            ),
        },
        "some_day": date(2026, 12, 1),
        "some_elsewhere": {
            "text": both(
                "3 more session plans match in English only.",
                "Mae 3 chynllun sesiwn arall yn cyfateb yn Saesneg yn unig.",
            ),
            "link": both("Show them too", "Eu dangos hefyd"),
        },
        "quote": {
            "text": "The most effective way to motivate people to get involved is by providing "
            "opportunities for the receiving community members to meet with people from a "
            "sanctuary seeking background.",
            "source": both(
                "City of Sanctuary, written response on social cohesion in Wales",
                "Dinas Noddfa, ymateb ysgrifenedig ar gydlyniant cymdeithasol yng "
                "Nghymru (dyfyniad yn Saesneg)",
            ),
            "lang": both("", "en"),
        },
        "tongues": [
            {
                "lang": "ar",
                "dir": "rtl",
                "name": "العربية",
                "text": "هذه قصة عن أشخاص في ويلز يلتقون بالقادمين الجدد ويرحّبون بهم.",
            },
            {
                "lang": "uk",
                "dir": "",
                "name": "Українська",
                "text": "Це історія про людей в Уельсі, які зустрічаються з новоприбулими "
                "та вітають їх.",
            },
        ],
        "outcomes": [
            {
                "word": both("Friendship", "Cyfeillgarwch"),
                "text": both(
                    "grew between people who would not have met.",
                    "yn tyfu rhwng pobl na fyddent wedi cwrdd.",
                ),
            },
            {
                "word": both("Kindness", "Caredigrwydd"),
                "text": both(
                    "turned into attitudes that welcome.", "yn troi’n agweddau croesawgar."
                ),
            },
            {
                "word": both("Compassion", "Tosturi"),
                "text": both(
                    "turned into action by local people.", "yn troi’n weithredu gan bobl leol."
                ),
            },
        ],
        "facets": {
            "label": both("Filter resources", "Hidlo adnoddau"),
            "hidden": [{"name": "q", "value": both("conversation", "sgwrs")}],
            "groups": [
                {
                    "legend": both("Language", "Iaith"),
                    "name": "l",
                    "options": [
                        {
                            "value": "cy",
                            "label": both("In Welsh", "Yn Gymraeg"),
                            "count": 9,
                            "checked": True,
                        },
                        {"value": "en", "label": both("In English", "Yn Saesneg"), "count": 12},
                    ],
                },
                {
                    "legend": both("Type", "Math"),
                    "name": "k",
                    "options": [
                        {
                            "value": "plan",
                            "label": both("Session plan", "Cynllun sesiwn"),
                            "count": 4,
                            "checked": True,
                        },
                        {"value": "slides", "label": both("Slides", "Sleidiau"), "count": 5},
                        {"value": "hand", "label": both("Handout", "Taflen"), "count": 0},
                    ],
                },
            ],
        },
        "chips": [
            {"label": both("In Welsh", "Yn Gymraeg"), "url": "#"},
            {"label": both("Session plan", "Cynllun sesiwn"), "url": "#"},
        ],
        "entries": [
            {
                "title": both(
                    "Courageous Conversations: facilitator pack", "Sgyrsiau Dewr: pecyn hwylusydd"
                ),
                "text": both(
                    "Practise listening and answering when talk about migration turns hard.",
                    "Ymarfer gwrando ac ateb pan fydd sgwrs am fudo’n troi’n anodd.",
                ),
                "seed": "courageous-conversations",
                "meta": [
                    both("Session plan", "Cynllun sesiwn"),
                    both("2 hours", "2 awr"),
                    both("8 to 20 people", "8 i 20 o bobl"),
                ],
                "versions": formats(
                    language,
                    {"en": "PDF 1.2 MB, DOCX 330 KB", "cy": "PDF 1.2 MB, DOCX 340 KB"},
                ),
                "pack": {"in_pack": True, "url": "#"},
            },
            {
                "title": both(
                    "Sanctuary in Politics: course handbook",
                    "Noddfa mewn Gwleidyddiaeth: llawlyfr y cwrs",
                ),
                "text": both(
                    "How systems in Wales work, and how to be heard in them.",
                    "Sut mae systemau yng Nghymru’n gweithio, a sut i gael eich clywed ynddynt.",
                ),
                "seed": "sanctuary-in-politics",
                "meta": [
                    both("Session plan", "Cynllun sesiwn"),
                    both("6 sessions", "6 sesiwn"),
                    both("Up to 15 people", "Hyd at 15 o bobl"),
                ],
                "versions": formats(
                    language, {"en": "PDF 2.4 MB, DOCX 610 KB", "cy": "PDF 2.4 MB"}
                ),
                "pack": {"in_pack": False, "url": "?r=sanctuary-in-politics"},
            },
        ],
        "languages": [{"code": code, "name": NAMES[code]} for code in (language, OTHER[language])],
        "documents": documents(language),
        "pack": {"url": "#", "size": "3.1 MB", "version": both("Version 2", "Fersiwn 2")},
        "pack_languages": [
            {
                "value": code,
                "label": NAMES[code],
                "lang": code,
                "count": "3.1 MB",
                "checked": code == language,
            }
            for code in (language, OTHER[language])
        ]
        + [{"value": "both", "label": both("Both", "Y ddwy"), "count": "6.2 MB"}],
        "pack_files": [
            {
                "value": "pdf",
                "label": both("To print (PDF)", "I’w hargraffu (PDF)"),
                "checked": True,
            },
            {"value": "docx", "label": both("To change (DOCX, PPTX)", "I’w newid (DOCX, PPTX)")},
        ],
        "plan": {
            "heading": both("Two hours, step by step", "Dwy awr, gam wrth gam"),
            "steps": OPENING_STEPS,
            "end": both(
                "End. Stay for a while: people may want to talk.",
                "Diwedd. Arhoswch am ychydig: efallai bydd pobl am siarad.",
            ),
            "before": [
                both("Put the chairs in a circle", "Rhowch y cadeiriau mewn cylch"),
                both(
                    "Print the cards in the languages of the room",
                    "Argraffwch y cardiau yn ieithoedd yr ystafell",
                ),
                both(
                    "Agree who steps out with someone who is upset",
                    "Cytunwch pwy aiff allan gyda rhywun sydd wedi cynhyrfu",
                ),
                both("Know how people get home", "Gwybod sut bydd pobl yn mynd adref"),
            ],
        },
        "sessions": [
            {
                "title": both("Your voice", "Eich llais"),
                "text": both(
                    "What you know, and why it matters.",
                    "Beth rydych chi’n ei wybod, a pham mae’n bwysig.",
                ),
                "plan_url": "#",
            },
            {
                "title": both("Who decides what in Wales", "Pwy sy’n penderfynu beth yng Nghymru"),
                "text": both(
                    "Council, Senedd, UK Government: what each one can do.",
                    "Cyngor, Senedd, Llywodraeth y DU: beth y gall pob un ei wneud.",
                ),
                "open": True,
                "steps": OPENING_STEPS[:2],
                "end_at": "0:25",
            },
        ],
        "resource_versions": [
            {
                "number": "2.1",
                "date": date(2026, 10, 28),
                "text": both(
                    "Two new scenario cards. Welsh and English changed together.",
                    "Dau gerdyn sefyllfa newydd. Newidiwyd y Gymraeg a’r Saesneg gyda’i gilydd.",
                ),
            },
            {
                "number": "1.0",
                "date": date(2025, 9, 18),
                "text": both("First version.", "Fersiwn gyntaf."),
                "url": "#",
            },
        ],
        "licence": {
            "text": both(
                "You may copy, change and translate this pack for work that is not for "
                "profit. Name City of Sanctuary, and share what you make in the same "
                "way.",
                "Cewch gopïo, newid a chyfieithu’r pecyn hwn ar gyfer gwaith nad yw er "
                "elw. Enwch Dinas Noddfa, a rhannwch eich gwaith yn yr un modd.",
            )
        },
        "fact": {
            "title": FACT,
            "lede": both(
                "The council paid the local City of Sanctuary group to leaflet and to "
                "talk with people at home before asylum accommodation opened. In the "
                "end very few were against it.",
                "Talodd y cyngor i’r grŵp Dinas Noddfa lleol ddosbarthu taflenni a "
                "siarad â phobl yn eu cartrefi cyn i lety lloches agor. Yn y diwedd, "
                "ychydig iawn oedd yn ei erbyn.",
            ),
            "reviewed": date(2026, 11, 16),
            "next_review": date(2027, 2, 16),
            "claim": both(
                "“Local people will always be against asylum accommodation. Nothing can"
                " change that.”",
                "“Bydd pobl leol bob amser yn erbyn llety lloches. All dim byd newid hynny.”",
            ),
            "verdict": both(
                "Not supported by what happened", "Nid yw’r hyn a ddigwyddodd yn ei gefnogi"
            ),
            "known": both(
                "In Norwich, a group ran the Speak Up for Sanctuary workshop. It led to"
                " successful cohesion.",
                "Yn Norwich, cynhaliodd grŵp weithdy Codi Llais dros Noddfa. Arweiniodd"
                " at gydlyniant llwyddiannus.",
            ),
            "limits": both(
                "One example is not a rule. We have no figures from Derby, and other "
                "places may differ.",
                "Nid yw un enghraifft yn rheol. Nid oes gennym ffigurau o Derby, a gall"
                " lleoedd eraill fod yn wahanol.",
            ),
            "again": both(
                "Talk early, listen at the door, and neighbours can change how the story ends.",
                "Siaradwch yn gynnar, gwrandewch wrth y drws, a gall cymdogion newid "
                "diwedd y stori.",
            ),
            "sources": [
                {
                    "title": both(
                        "City of Sanctuary: written response on social cohesion in Wales",
                        "Dinas Noddfa: ymateb ysgrifenedig ar gydlyniant cymdeithasol yng Nghymru",
                    ),
                    "text": both(
                        "Answer to question 1. In English.", "Ateb i gwestiwn 1. Yn Saesneg."
                    ),
                    "referred": True,
                },
                {
                    "title": both("The same response", "Yr un ymateb"),
                    "sample": True,
                },
            ],
        },
        "kits": share_kits(language),
        "fact_rows": [
            {
                "title": FACT,
                "topic": both("Asylum accommodation", "Llety lloches"),
                "checked": date(2026, 11, 16),
                "claim": both(
                    "Local people will always be against asylum accommodation.",
                    "Bydd pobl leol bob amser yn erbyn llety lloches.",
                ),
            },
            {
                "title": both(
                    "Welcome grows in small towns too: Hay, Brecon and Talgarth have a group.",
                    "Mae croeso’n tyfu mewn trefi bach hefyd: mae grŵp yn y Gelli, "
                    "Aberhonddu a Thalgarth.",
                ),
                "topic": both("Places", "Lleoedd"),
                "checked": date(2026, 11, 9),
                "claim": both("Sanctuary is for big cities.", "I ddinasoedd mawr mae noddfa."),
            },
        ],
        "event": {
            "title": both("Welcome Day", "Diwrnod Croeso"),
            "starts": starts,
            "when": both("Saturday, 11am to 3pm", "Dydd Sadwrn, 11am i 3pm"),
            "place": both(
                "Talgarth, Powys. Address after you book.",
                "Talgarth, Powys. Cyfeiriad ar ôl archebu.",
            ),
            "access": both("Food, children’s corner, step-free", "Bwyd, cornel plant, heb risiau"),
        },
        "access": [
            {
                "icon": "accessibility",
                "need": both("Step-free", "Heb risiau"),
                "detail": both("from the street to every room", "o’r stryd i bob ystafell"),
            },
            {
                "icon": "ear",
                "need": both("Hearing loop", "Dolen glyw"),
                "detail": both("in the main room", "yn y brif ystafell"),
            },
            {
                "icon": "bus",
                "need": both("Bus stop", "Safle bws"),
                "detail": both("three minutes away", "dair munud i ffwrdd"),
            },
        ],
        "counties": [
            {
                "state": state,
                "count": count,
                "short": both(short_en, short_cy),
                "name": both(name_en, name_cy),
                "url": "#g",
            }
            for state, count, short_en, short_cy, name_en, name_cy in COUNTIES
        ],
        "groups": [
            {
                "title": both("Hay, Brecon and Talgarth", "Y Gelli, Aberhonddu a Thalgarth"),
                "url": "#",
                "text": both(
                    "Powys. Holds regular Welcome Days.",
                    "Powys. Yn cynnal Diwrnodau Croeso rheolaidd.",
                ),
            },
            {
                "title": both("Swansea", "Abertawe"),
                "url": "#",
                "text": both(
                    "Swansea. Runs a community cohesion project.",
                    "Abertawe. Yn cynnal prosiect cydlyniant cymunedol.",
                ),
            },
        ],
        "streams": [
            {
                "title": both("Schools", "Ysgolion"),
                "url": "#",
                "seed": "schools",
                "number": 43,
                "number_text": both(
                    "awarded schools in Wales", "o ysgolion wedi’u gwobrwyo yng Nghymru"
                ),
                "text": both(
                    "Four local leads work within councils’ education departments.",
                    "Mae pedwar arweinydd lleol yn gweithio o fewn adrannau addysg cynghorau.",
                ),
            },
            {
                "title": both("Libraries", "Llyfrgelloedd"),
                "url": "#",
                "seed": "libraries",
                "text": both(
                    "Warm rooms, open doors, no questions.",
                    "Ystafelloedd cynnes, drysau agored, dim cwestiynau.",
                ),
                "sample": True,
            },
        ],
        "awards": [
            {
                "name": both("Sample organisation 1", "Sefydliad enghreifftiol 1"),
                "url": "#",
                "stream": both("Schools", "Ysgolion"),
                "county": both("Swansea", "Abertawe"),
                "until": "2028",
            },
            {
                "name": both("Sample organisation 2", "Sefydliad enghreifftiol 2"),
                "url": "#",
                "stream": both("Libraries", "Llyfrgelloedd"),
                "county": both("Powys", "Powys"),
                "until": "2029",
            },
        ],
        "letters": [
            {"letter": letter, "anchor": "l-c" if letter == "c" else ""}
            for letter in (LETTERS if language == "cy" else ENGLISH_LETTERS)
        ],
        "members": [
            {
                "name": both("Sample organisation 1", "Sefydliad enghreifftiol 1"),
                "kind": both("School", "Ysgol"),
            },
        ],
        "corrections": [
            {
                "made_on": date(2026, 11, 9),
                "wrong": both("Sample: the old sentence.", "Enghraifft: yr hen frawddeg."),
                "right": both("Sample: the new sentence.", "Enghraifft: y frawddeg newydd."),
            },
        ],
    }
    translated: dict[str, Any] = in_language(whole, language)
    return translated
