"""All checks, in the order in which an editor reads their flags."""

from worker.checks.addresses import Addresses
from worker.checks.base import Check
from worker.checks.brackets import Brackets
from worker.checks.calendar import Calendar
from worker.checks.currency import Currency
from worker.checks.ending import Ending
from worker.checks.grave import Grave
from worker.checks.length import Length
from worker.checks.markup import Markup
from worker.checks.names import Names
from worker.checks.negation import Negation
from worker.checks.numbers import Numbers
from worker.checks.quotes import Quotes
from worker.checks.repetition import Repetition
from worker.checks.score import Score
from worker.checks.script import Script
from worker.checks.source_spacing import SourceSpacing
from worker.checks.untranslated import Untranslated

CHECKS: tuple[Check, ...] = (
    Untranslated(),
    Script(),
    Repetition(),
    Length(),
    Numbers(),
    Calendar(),
    Currency(),
    Names(),
    Grave(),
    Negation(),
    Addresses(),
    Markup(),
    Quotes(),
    Brackets(),
    Ending(),
    Score(),
    SourceSpacing(),
)
