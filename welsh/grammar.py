"""The closed classes and endings of Welsh that no word list has: written down from the grammar.

Sources: Peter Wynn Thomas, *Gramadeg y Gymraeg* (1996); Gareth King, *Modern Welsh* (2003);
Geiriadur Prifysgol Cymru for spelling. Everything is lower case, in the radical unless the mutated
form is the usual one.
"""

import re
from collections.abc import Iterator


def word_set(text: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(text.split())


# ── Function words: they hold a sentence together and say nothing about what it is about. ──

_ARTICLES_AND_PARTICLES = """
    y yr r yng ym yn n a â ac ag fe mi na nac nad ni nid nis oni pe os ai mai taw po mo ry go
    r'i i'r o'r a'r da'r ac'r lle'r sydd'n
"""
_CONJUNCTIONS = """
    ond neu nes cyn wedi er ers oherwydd achos felly hefyd eto os pan tra fel megis ynteu eithr sef
"""
_PREPOSITIONS = """
    am ar at dan tan dros tros drwy trwy gan chan gyda gydag ger heb hyd i mewn o oddi rhag rhwng
    tua tuag wrth yn ymhlith ynglŷn ynghyd er gerllaw tu eithrio
"""
_PRONOUNS = """
    mi fi i ti di e ef efe efo fo o hi ni chi chwi nhw hwy hwythau nhwythau minnau tithau yntau
    hithau ninnau chwithau innau ninne fy dy ei ein eich eu m th w u ch myfi tydi chdi fo
    ichi inni iddi
"""
_DEMONSTRATIVES_AND_PLACE = """
    hwn hon hyn hwnnw honno hynny rhain rheini rheiny yma yna yno acw dyma dyna dacw nawr rŵan
    fyny fan
"""
_INTERROGATIVES = " pa pwy bwy phwy beth ble pam paham sut pryd faint ph "
_QUANTIFIERS = """
    rhai rai rhyw ryw unrhyw pob bob phob mhob pawb bawb phawb neb dim ddim sawl arall eraill
    llawer lawer llai lai mwy fwy iawn un byth fyth
"""
# bod, whose forms are auxiliaries far more often than “to be”.
_BOD = """
    bod fod bo fo wyf wyt yw ydy ydi ydyw ydw ydych ydyn ydym ydynt ym ych ŷnt
    mae maen maent oes oedd oeddwn oeddet oeddem oeddech oedden oeddent oeddynt oes sy sydd
    rwy rwyf rwyt rydw rydych rydyn rydym roedd roeddwn roeddet roeddem roeddech roedden roeddent
    dw dwi dydy dydi dyw s
    bydd byddaf byddi byddwn byddwch byddan byddant byddai byddet byddem byddech bydden byddent
    fydd fyddaf fyddi fyddwn fyddwch fyddan fyddant fyddai fyddet fyddem fyddech fydden fyddent
    bu bûm buost buom buoch buont buodd fu fuodd fuasai basai fasai buasai petai bae
"""
# gwneud and gallu as auxiliaries (“fe wnaeth agor”, “gallai fod”).
_AUXILIARIES = " wnaeth wnaed gallai"

FUNCTION_WORDS = word_set(
    _ARTICLES_AND_PARTICLES
    + _CONJUNCTIONS
    + _PREPOSITIONS
    + _PRONOUNS
    + _DEMONSTRATIVES_AND_PLACE
    + _INTERROGATIVES
    + _QUANTIFIERS
    + _BOD
    + _AUXILIARIES
)

# Prepositions with the endings of the persons: arnaf, iddi, ganddyn, hebddo.
_INFLECTED_PREPOSITION = re.compile(
    r"(?:arn|at|amdan|[dt]an|ohon|hebdd|rhyng(?:dd)?|[td]rwydd|[td]rost|wrth|ynd?d?|rhagdd"
    r"|(?:g|ch)andd|(?:g|ch)enn|idd)"
    r"(?:[aoy]f|[aoy]t|[aoy]ch|[aoy]m|o|i|a|[aoy]n|[ay]nt|wch)"
)


def is_inflected_preposition(word: str) -> bool:
    """The word is a preposition with a person's ending."""
    return _INFLECTED_PREPOSITION.fullmatch(word) is not None


# ── Forms that no ending explains ──

_IRREGULAR: dict[str, str] = {
    # Irregular verbs. Forms that are rather another word (cân, ei) are not here.
    "mynd": """âf aiff awn ewch ân ânt aet âi aem aech aent es euthum est aethost aeth
        aethom aethon aethoch aethant aethpwyd eir eid aed elo eler elai""",
    "dod": """dof doi daw down dewch dowch dôn dônt deuaf deui deuwn deuwch deuant deuai
        deuid deuent deuem des deuthum dest daethost daeth daethom daethon daethoch daethant
        daethpwyd deuir doir doed delo dôi doem doech doent dere tyrd dyfod""",
    "gwneud": """gwnaf gwnei gwna gwnaiff gwneith gwnawn gwnewch gwnânt gwnân gwnaet gwnâi
        gwnaem gwnaech gwnaent gwnes gwneuthum gwnest gwnaethost gwnaeth gwnaethom gwnaethon
        gwnaethoch gwnaethant gwnaethpwyd gwnaed gwneir gwneid gwnelo gwneler gwneuthur""",
    "cael": """caf cei caiff ceith cawn cewch cânt caet câi caem caech caent ces cefais cest
        cefaist cafodd cawsom cawson cawsoch cawsant cafwyd ceir ceid caffo caffer caed""",
    "gwybod": """gwn gwyddost gŵyr gwyddom gwyddoch gwyddant gwyddwn gwyddet gwyddai gwyddem
        gwyddech gwyddent gwybûm gwybu gwyddys gwyddid gwypo gwybydd gwybyddir""",
    "adnabod": "adwaen adwaenost adwaenom adwaenoch adwaenant adwaenwn adwaenai adnabu nabod",
    "gallu": "gall gelli gellwch gellir gellid",
    # Adjectives compared by other stems.
    "da": "gwell gorau cystal",
    "drwg": "gwaeth gwaethaf cynddrwg",
    "mawr": "mwyaf cymaint",
    "bach": "lleiaf lleied",
    "agos": "nesaf nesed",
    "hawdd": "haws hawsaf hawsed",
    "anodd": "anos anhawsaf",
    "cynnar": "cynt cyntaf cynted",
    "diweddar": "diwethaf",
    "hen": "hŷn hynaf",
    "ifanc": "iau ieuengaf ieuengach ieuanc ieuainc",
    "hir": "hwyaf cyhyd",
    "isel": "is isaf ised",
    "uchel": "uwch uchaf cyfuwch",
    # Adjectives and numerals with a feminine or plural of their own vowel.
    "gwyn": "gwen gwynion",
    "gwyrdd": "gwerdd gwyrddion",
    "melyn": "melen melynion",
    "byr": "ber byrion",
    "crwn": "cron crynion",
    "trwm": "trom trymion",
    "dwfn": "dofn dyfnion",
    "glas": "gleision",
    "dau": "dwy",
    "tri": "tair",
    "pedwar": "pedair",
    "trydydd": "trydedd",
    "pedwerydd": "pedwaredd",
    # Nouns whose counted or collective form stands apart.
    "blwyddyn": "blynedd mlynedd flynedd mlwydd",
    "mochyn": "moch",
    "chwarae": "chwaraeon",
    # A verb and an adjective that readers do not tell from their noun: to welcome, welcoming.
    "croeso": "croesawu croesawgar",
    # Nouns whose plural is the regular one of another word, or looks like a verb.
    "newid": "newidiadau",
    "protest": "protestiadau",
    "carchar": "carchardai",
    "noson": "nosweithiau",
    "gardd": "gerddi",
    "cerdyn": "cardiau",
    "dail": "deilen",
    "lôn": "lonydd",
    "ci": "cŵn",
    "sŵn": "synau",
    "hanner": "haneri",
    "canwr": "cantorion",
    "ystadegyn": "ystadegau",
    "cymro": "cymry",
    "dogfen": "dogfennau",
    "plât": "platiau",
}
IRREGULAR_FORMS: dict[str, str] = {
    form: lemma for lemma, forms in _IRREGULAR.items() for form in forms.split()
}
# Speech and much writing drop the last sound of a superlative: cynta’, diwetha.
IRREGULAR_FORMS |= {
    form.removesuffix("f"): lemma for form, lemma in IRREGULAR_FORMS.items() if form.endswith("af")
}

# Plurals that name something of their own: news is not “new ones”, sport not “plays”.
LEXICALISED: frozenset[str] = frozenset(("newyddion", "chwaraeon", "manylion"))

# One word in two spellings, or under a lemma that no dictionary of Welsh has: the right-hand one is
# meant. Found by asking simplemma for the commonest Welsh verbs and nouns.
SAME_WORD: dict[str, str] = {
    "rhoddi": "rhoi",
    "cynal": "cynnal",
    "dywedyd": "dweud",
    "dwedyd": "dweud",
    "cymeryd": "cymryd",
    "gweled": "gweld",
    "gwelwi": "gweld",
    "cafio": "cael",
    "ceal": "cael",
    "ceio": "cael",
    "cyrhaeddyd": "cyrraedd",
    "derbynio": "derbyn",
    "edrychyd": "edrych",
    "grwpi": "grŵp",
    "dyl": "dylu",
    "elfenn": "elfen",
    "gwŵr": "gŵr",
}

# Words of this site's subject that simplemma's list lacks.
FURTHER_WORDS: frozenset[str] = frozenset(
    ("myth", "ceisiwr", "hwylusydd", "ystadegyn", "gwirydd", "camwybodaeth", "cydlyniant")
)

# ── Endings ──

# Plurals whose singular follows from the ending alone; the longest fitting one comes first.
_PLURALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("feydd", ("fa",)),  # llyfrfa, llyfrfeydd
    ("wyr", ("wr", "ydd")),  # gyrwyr: gyrrwr; hanesydd: haneswyr
    ("iaid", ("", "iad", "yn")),
    ("ynnau", ("yn",)),
    ("iynau", ("iwn", "iyn")),  # cwestiwn, cwestiynau
    ("ynau", ("wn", "yn")),
    ("oedd", ("",)),
    ("aint", ("",)),
    ("iau", ("",)),
    ("ion", ("", "yn")),
    ("nau", ("n", "")),
    ("aid", ("",)),
    ("ydd", ("",)),
    ("au", ("",)),
    ("on", ("",)),
    ("od", ("",)),
    ("ed", ("",)),
    ("i", ("",)),
    ("s", ("",)),
)
_COMPARISON = ("af", "ach", "ed")
_VERB_ENDINGS = word_set(
    """
    af i a wn wch an ant ir
    ais aist odd som soch son sant asom asoch ason asant wyd
    it ai em ech en ent id
    aswn asit asai asem asech asent asid
    wyf ych om och on ont er es est et ed iff ith u
    iaf ii ia iwn iwch ian iant iais iaist iodd iwyd iai iem iech ient ier ies iest io ion ioch
    iont
    """
)
VERB_ENDINGS: tuple[str, ...] = tuple(sorted(_VERB_ENDINGS, key=lambda end: (-len(end), end)))
_SURE_VERB_ENDINGS = (
    "odd",
    "wyd",
    "ais",
    "asom",
    "asant",
    "asai",
    "wch",
    "ir",
    "id",
    "ent",
    "ai",
    "ith",
    "es",
    "u",
)
_VERB_NOUN_ENDINGS = ("o", "u", "i", "io", "a", "an", "ed", "yd")
FINITE_ENDING = re.compile(
    r"(?:odd|wyd|ais|aist|asai|asom|asoch|asant|wn|wch|ant|ir|id|ai|em|ech|ent|wyf)$"
)
# A stem changes its last vowel before an ending: gair geiriau, haul heuliau, bwrdd byrddau.
_VOWEL_BEFORE_ENDING = re.compile(r"(.*)(ei|eu|o|y|e)([^aeiouwyâêîôûŵŷ]+)$")
_VOWEL_ALONE = {"ei": ("ai",), "eu": ("au",), "o": ("aw",), "y": ("w",), "e": ("a",)}
# b d g harden before the comparison: teg, tecaf; rhad, rhataf; gwlyb, gwlypaf.
_SOFTENED = {"p": "b", "t": "d", "c": "g"}


def singulars_and_positives(word: str, changed: bool = True) -> Iterator[str]:
    """Nouns and adjectives of which `word` may be a regular plural or comparison.

    `changed`: those too whose stem changes its vowel, which more words fit by chance.
    """
    for ending, singular_endings in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            for stem in stem_variants(word[: -len(ending)], changed):
                for singular in singular_endings:
                    yield stem + singular
    for ending in _COMPARISON:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            if stem[-1] in _SOFTENED:
                yield from stem_variants(stem[:-1] + _SOFTENED[stem[-1]], changed)
            yield from stem_variants(stem, changed)


def verbal_nouns(word: str) -> Iterator[str]:
    """Verbal nouns of which `word` may be a form: agorodd gives agor, agoro, agoru …"""
    for ending in VERB_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            bare = ("",) if ending in _SURE_VERB_ENDINGS else ()
            for stem in stem_variants(word[: -len(ending)]):
                for noun_ending in (*bare, *_VERB_NOUN_ENDINGS):
                    yield stem + noun_ending


def stem_variants(stem: str, changed: bool = True) -> Iterator[str]:
    """A stem as it is before an ending, then as it may be without one."""
    yield stem
    if stem[-2:] in ("nn", "rr"):  # doubled in writing after a short stressed vowel
        yield stem[:-1]
    elif stem[-1:] in ("n", "r"):
        yield stem + stem[-1]
    vowel_changed = _VOWEL_BEFORE_ENDING.match(stem) if changed else None
    if vowel_changed:
        before, vowel, after = vowel_changed.groups()
        for alone in _VOWEL_ALONE[vowel]:
            yield before + alone + after


_ECHO = re.compile(r"(.*)([aeowy])([^aeiouwy]{1,3})\2([lnr])$")


def standard_spellings(word: str) -> Iterator[str]:
    """Standard spellings of which `word` may be a spoken one.

    Speech drops a final f (cynta, cynta' for cyntaf) and puts the vowel of the syllable again
    before a final l, n or r (cwbwl for cwbl, pobol for pobl).
    """
    if word.endswith(("a", "e")):
        yield word + "f"
    echo = _ECHO.match(word)
    if echo:
        before, vowel, consonants, last = echo.groups()
        yield before + vowel + consonants + last


# Endings that are hardly ever the end of a stem, for words that no list has.
_SURE_PLURALS = ("feydd", "wyr", "iaid", "iau", "oedd", "ydd", "ion", "au", "s")


def guessed_stems(word: str) -> Iterator[str]:
    """Words of which an unknown `word` may be a plural or a verb form."""
    for ending, singular_endings in _PLURALS:
        if ending in _SURE_PLURALS and word.endswith(ending) and len(word) - len(ending) > 2:
            for singular in singular_endings:
                yield word[: -len(ending)] + singular
            break
    for ending in _SURE_VERB_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            for noun_ending in ("", "o", "u", "i", "io"):
                yield word[: -len(ending)] + noun_ending
            break
