"""The first terms, all from the client's evidence and the design; Welsh marked in the catalogue.

Rows: (kind, key, English, Welsh) and for counties also the stored forms after “in”.
"""

from typing import Any

from welsh.alphabet import english_sort_key, sort_key

COUNTIES = (
    ("anglesey", "Isle of Anglesey", "Ynys Môn", "on the Isle of Anglesey", "ar Ynys Môn"),
    ("conwy", "Conwy", "Conwy", "in Conwy", "yng Nghonwy"),
    ("denbighshire", "Denbighshire", "Sir Ddinbych", "in Denbighshire", "yn Sir Ddinbych"),
    ("flintshire", "Flintshire", "Sir y Fflint", "in Flintshire", "yn Sir y Fflint"),
    ("gwynedd", "Gwynedd", "Gwynedd", "in Gwynedd", "yng Ngwynedd"),
    ("wrexham", "Wrexham", "Wrecsam", "in Wrexham", "yn Wrecsam"),
    ("ceredigion", "Ceredigion", "Ceredigion", "in Ceredigion", "yng Ngheredigion"),
    ("powys", "Powys", "Powys", "in Powys", "ym Mhowys"),
    ("pembrokeshire", "Pembrokeshire", "Sir Benfro", "in Pembrokeshire", "yn Sir Benfro"),
    ("carmarthenshire", "Carmarthenshire", "Sir Gaerfyrddin", "in Carmarthenshire",
     "yn Sir Gaerfyrddin"),
    ("merthyr-tydfil", "Merthyr Tydfil", "Merthyr Tudful", "in Merthyr Tydfil",
     "ym Merthyr Tudful"),
    ("blaenau-gwent", "Blaenau Gwent", "Blaenau Gwent", "in Blaenau Gwent", "ym Mlaenau Gwent"),
    ("monmouthshire", "Monmouthshire", "Sir Fynwy", "in Monmouthshire", "yn Sir Fynwy"),
    ("swansea", "Swansea", "Abertawe", "in Swansea", "yn Abertawe"),
    ("neath-port-talbot", "Neath Port Talbot", "Castell-nedd Port Talbot",
     "in Neath Port Talbot", "yng Nghastell-nedd Port Talbot"),
    ("rhondda-cynon-taf", "Rhondda Cynon Taf", "Rhondda Cynon Taf", "in Rhondda Cynon Taf",
     "yn Rhondda Cynon Taf"),
    ("caerphilly", "Caerphilly", "Caerffili", "in Caerphilly", "yng Nghaerffili"),
    ("torfaen", "Torfaen", "Torfaen", "in Torfaen", "yn Nhorfaen"),
    ("bridgend", "Bridgend", "Pen-y-bont ar Ogwr", "in Bridgend", "ym Mhen-y-bont ar Ogwr"),
    ("vale-of-glamorgan", "Vale of Glamorgan", "Bro Morgannwg", "in the Vale of Glamorgan",
     "ym Mro Morgannwg"),
    ("cardiff", "Cardiff", "Caerdydd", "in Cardiff", "yng Nghaerdydd"),
    ("newport", "Newport", "Casnewydd", "in Newport", "yng Nghasnewydd"),
)  # fmt: skip

TERMS = (
    ("topic", "asylum-accommodation", "Asylum accommodation", "Llety lloches"),
    ("topic", "community-preparedness", "Community preparedness", "Parodrwydd cymunedol"),
    ("topic", "misinformation", "Misinformation", "Camwybodaeth"),
    ("topic", "online-hate", "Online hate", "Casineb ar-lein"),
    ("topic", "social-contact", "Social contact", "Cyswllt cymdeithasol"),
    ("topic", "community-cohesion", "Community cohesion", "Cydlyniant cymunedol"),
    ("topic", "rebuilding-trust", "Rebuilding trust", "Ailadeiladu ymddiriedaeth"),
    ("topic", "schools", "Schools", "Ysgolion"),
    ("topic", "taking-part-in-decisions", "Taking part in decisions",
     "Cymryd rhan mewn penderfyniadau"),
    ("topic", "nation-of-sanctuary", "Nation of Sanctuary", "Cenedl Noddfa"),
    ("stream", "schools", "Schools", "Ysgolion"),
    ("stream", "local-authorities", "Local authorities", "Awdurdodau lleol"),
    ("stream", "universities", "Universities", "Prifysgolion"),
    ("stream", "libraries", "Libraries", "Llyfrgelloedd"),
    ("principle", "learn", "Learn", "Dysgu"),
    ("principle", "embed", "Embed", "Gwreiddio"),
    ("principle", "share", "Share", "Rhannu"),
    ("scale", "micro", "Micro: people and neighbourhoods", "Micro: pobl a chymdogaethau"),
    ("scale", "macro", "Macro: organisations and systems", "Macro: sefydliadau a systemau"),
    ("approach", "social-contact", "Social contact", "Cyswllt cymdeithasol"),
    ("approach", "place-based", "Place-based", "Seiliedig ar le"),
    ("approach", "movement-building", "Movement building", "Adeiladu mudiad"),
    ("approach", "education", "Education", "Addysg"),
    ("approach", "partnership", "Partnership", "Partneriaeth"),
    ("barrier", "emergency-need", "Emergency need", "Angen brys"),
    ("barrier", "lack-of-funding", "Lack of funding", "Diffyg cyllid"),
    ("barrier", "short-one-off-funding", "Short one-off funding", "Cyllid byr untro"),
    ("barrier", "attacks-and-security-work", "Attacks and security work",
     "Ymosodiadau a gwaith diogelwch"),
    ("partner_sector", "statutory", "Statutory sector", "Y sector statudol"),
    ("partner_sector", "third", "Third sector", "Y trydydd sector"),
    ("partner_sector", "private", "Private sector", "Y sector preifat"),
    ("setting", "school", "School", "Ysgol"),
    ("setting", "service", "Service", "Gwasanaeth"),
    ("setting", "business", "Business", "Busnes"),
    ("setting", "faith-group", "Faith group", "Grŵp ffydd"),
    ("setting", "community-group", "Community group", "Grŵp cymunedol"),
    ("setting", "neighbourhood", "Neighbourhood", "Cymdogaeth"),
    ("setting", "doorstep", "Doorstep", "Carreg y drws"),
    ("setting", "council", "Council", "Cyngor"),
    ("setting", "university", "University", "Prifysgol"),
    ("setting", "library", "Library", "Llyfrgell"),
    ("audience", "volunteers", "Volunteers", "Gwirfoddolwyr"),
    ("audience", "teachers", "Teachers", "Athrawon"),
    ("audience", "learners", "Learners", "Dysgwyr"),
    ("audience", "council-staff", "Council staff", "Staff cynghorau"),
    ("audience", "local-people", "Local people", "Pobl leol"),
    ("audience", "people-seeking-sanctuary", "People seeking sanctuary",
     "Pobl sy’n ceisio noddfa"),
    ("programme", "courageous-conversations", "Courageous Conversations", "Sgyrsiau Dewr"),
    ("programme", "speak-up-for-sanctuary", "Speak Up for Sanctuary", "Codi Llais dros Noddfa"),
    ("programme", "sanctuary-in-politics", "Sanctuary in Politics", "Noddfa mewn Gwleidyddiaeth"),
    ("programme", "sanctuary-awards", "Sanctuary Awards", "Gwobrau Noddfa"),
    ("delivery", "room", "In a room", "Mewn ystafell"),
    ("delivery", "online", "Online", "Ar-lein"),
    ("delivery", "self", "On your own", "Ar eich pen eich hun"),
)  # fmt: skip


def plant_terms(apps: Any) -> None:
    """Add the first terms where they are missing; `apps` is a migration's registry or Django's."""
    Term = apps.get_model("core", "Term")
    rows = [(kind, key, en, cy, "", "") for kind, key, en, cy in TERMS]
    rows += [("county", *row) for row in COUNTIES]
    Term.objects.bulk_create(
        [
            Term(
                kind=kind, key=key, name_en=en, name_cy=cy, in_en=in_en, in_cy=in_cy,
                sort_en=english_sort_key(en), sort_cy=sort_key(cy),
            )
            for kind, key, en, cy, in_en, in_cy in rows
        ],
        ignore_conflicts=True,
    )  # fmt: skip
