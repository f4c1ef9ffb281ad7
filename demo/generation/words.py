"""Text in both languages, with words as frequent as in real text: the nth word has 1/n of the first's frequency (Zipf)."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

# Typical words of such pages; the nth English word translates to the nth French one.
ENGLISH = """
learning model data network image language decision health energy signal climate vision system material graph proof
gesture sensor patient protein market traffic security memory logic game speech music ocean satellite forest water soil
battery grid factory city law ethics trust privacy bias fairness teaching student teacher hospital surgery cancer brain
heart cell genome drug molecule crystal plasma quantum photon laser chip compiler program kernel matrix tensor gradient
convergence geometry topology probability inference causality simulation optimisation control planning navigation drone
vehicle railway aircraft harbour supply finance insurance risk fraud archive museum heritage translation dialogue
""".split()
FRENCH = """
apprentissage modèle données réseau image langue décision santé énergie signal climat vision système matériau graphe preuve
geste capteur patient protéine marché trafic sécurité mémoire logique jeu parole musique océan satellite forêt eau sol
batterie maillage usine ville droit éthique confiance confidentialité biais équité enseignement étudiant enseignant hôpital
chirurgie cancer cerveau cœur cellule génome médicament molécule cristal plasma quantique photon laser puce compilateur
programme noyau matrice tenseur gradient convergence géométrie topologie probabilité inférence causalité simulation
optimisation contrôle planification navigation drone véhicule ferroviaire avion port approvisionnement finance assurance
risque fraude archive musée patrimoine traduction dialogue
""".split()
# Words planted in this percentage of the chairs and nowhere else: `make bench` searches for them.
COMMON, COMMON_SHARE = ("robotics", "robotique"), 30
RARE, RARE_SHARE = ("tomography", "tomographie"), 2

VOCABULARY_SIZE = 20_000
SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprstv" for vowel in "aeiou"]
ENDINGS = [("tic", "tique"), ("sion", "sion"), ("ty", "té"), ("ment", "ment"), ("nal", "nal"), ("logy", "logie")]
# What joins two words, in turn.
JOINTS = [
    (" ", " "),
    (" of the ", " de la "),
    (" and ", " et "),
    (" ", " "),
    (" for ", " pour "),
    (" in a ", " dans une "),
]
WORDS_A_SENTENCE = 8


class Chance(Random):
    """Python's random generator, with percentages."""

    def falls(self, share: int) -> bool:
        """Return True in this percentage of calls."""
        return self.randrange(100) < share


@dataclass(frozen=True)
class Text:
    """The same text in both languages."""

    en: str
    fr: str


class Vocabulary:
    """Words in both languages, and texts made of them."""

    def __init__(self, chance: Chance):
        self.chance = chance
        known = list(zip(ENGLISH, FRENCH, strict=True))
        self.pairs = known + _invented(chance, VOCABULARY_SIZE - len(known))
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.pairs))))

    def title(self, number_of_words: int = 4) -> Text:
        return _joined(self._drawn(number_of_words), first=self.chance.randrange(len(JOINTS)))

    def sentences(self, number: int, planted: tuple[tuple[str, str], ...] = ()) -> Text:
        """Return this many sentences, with the planted words in the first."""
        drawn = [*planted, *self._drawn(number * WORDS_A_SENTENCE)]
        written = [_joined(drawn[start : start + WORDS_A_SENTENCE]) for start in range(0, len(drawn), WORDS_A_SENTENCE)]
        return Text(" ".join(f"{one.en}." for one in written), " ".join(f"{one.fr}." for one in written))

    def name(self) -> str:
        """Return a made-up name."""
        return "".join(self.chance.choices(SYLLABLES, k=3)).capitalize()

    def _drawn(self, number: int) -> list[tuple[str, str]]:
        return self.chance.choices(self.pairs, cum_weights=self.weights, k=number)


def _invented(chance: Chance, number: int) -> list[tuple[str, str]]:
    """Return made-up words, all different."""
    found: dict[str, tuple[str, str]] = {}
    while len(found) < number:
        stem = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
        english, french = chance.choice(ENDINGS)
        found.setdefault(stem + english, (stem + english, stem + french))
    return list(found.values())


def _joined(pairs: list[tuple[str, str]], first: int = 0) -> Text:
    english, french = [], []
    for number, (word, mot) in enumerate(pairs):
        joint = JOINTS[(first + number) % len(JOINTS)] if number else ("", "")
        english.append(joint[0] + word)
        french.append(joint[1] + mot)
    said = "".join(english), "".join(french)
    return Text(*(line[0].upper() + line[1:] for line in said))


def filled(**texts: Text) -> dict[str, str]:
    """Return translated field values by column name, in both languages."""
    return {
        f"{field}_{language}": getattr(text, language) for field, text in texts.items() for language in ("en", "fr")
    }
