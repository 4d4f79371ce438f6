"""One print in both languages, with everything that a print can hold."""

from press.pdf import Card, Face, Section, Step
from press.qr import qr_svg
from press.text import blocks_of, lines_as

LINK = "https://noddfa.example/s/k3j5x8q2mn"
WORDS = {
    "cy": {
        "title": "Sgyrsiau Dewr: ŵŷŴŶ",
        "lede": "Ymarfer gwrando ac ateb.",
        "fact": ("Grŵp", "8 i 20 o bobl"),
        "section": "Cadw pobl yn ddiogel",
        "plan": "Gam wrth gam",
        "step": "Croeso a rheolau sylfaenol",
        "kind": "Gyda’n gilydd, 10 munud",
        "end": "Diwedd.",
        "before": "Cyn i bobl gyrraedd",
        "card": "Wrth y safle bws",
        "cards": "Cardiau",
        "link": "Y dudalen hon yn Gymraeg neu’n Saesneg:",
        "sample": "Enghraifft",
    },
    "en": {
        "title": "Courageous Conversations",
        "lede": "Practise listening and answering.",
        "fact": ("Group", "8 to 20 people"),
        "section": "Keeping people safe",
        "plan": "Step by step",
        "step": "Welcome and ground rules",
        "kind": "Together, 10 minutes",
        "end": "End.",
        "before": "Before people come",
        "card": "At the bus stop",
        "cards": "Cards",
        "link": "This page in Welsh or English:",
        "sample": "Sample",
    },
}


def face(language: str, sentences: int = 3, steps: int = 6) -> Face:
    """A face whose cards hold this many sentences and whose plan has this many steps."""
    words = WORDS[language]
    patterns = ("talk", "pair", "act", "rest")
    text = "".join(f"<p>{words['lede']} <b>{words['before']}</b></p>" for _ in range(sentences))
    return Face(
        language=language,
        title=words["title"],
        lede=words["lede"],
        facts=(words["fact"],),
        sections=(Section(words["section"], blocks_of("<ul><li>1 ş</li><li>2</li></ul>")),),
        plan_heading=words["plan"],
        steps=tuple(
            Step(
                f"0:{10 * number:02}",
                10,
                patterns[number % 4],
                words["kind"],
                f"{words['step']} {number}",
                words["lede"],
            )
            for number in range(steps)
        ),
        end_at="1:00",
        end_text=words["end"],
        closing=(Section(words["before"], lines_as("bullet", [words["lede"]])),),
        cards=tuple(Card(f"{words['card']} {number}", blocks_of(text)) for number in range(3)),
        cards_heading=words["cards"],
        link=LINK,
        link_words=words["link"],
        sample=words["sample"],
        small_print="CC BY-NC-SA 4.0",
        qr=qr_svg(LINK),
    )
