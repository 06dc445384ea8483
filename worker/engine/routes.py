"""The packages a pair of languages goes through: a direct one where there is one, else the fewest."""

from collections import deque
from dataclasses import dataclass

from corpus.errors import RelaisError
from worker.engine.packages import InstalledPackage, installed


@dataclass(frozen=True)
class Route:
    """``legs`` in the order in which a text goes through them."""

    legs: tuple[InstalledPackage, ...]

    def label(self) -> list[str]:
        """As in `["fr→en", "en→uk"]`."""
        return [leg.label for leg in self.legs]


def route(source: str, target: str) -> Route:
    """The route between two languages over sound installed packages. Raises `RelaisError` when there is none."""
    legs = _routes_from(source).get(target)
    if not legs:
        raise RelaisError("no package for the route %(route)s is installed", route=f"{source}→{target}")
    return Route(legs)


def targets(source: str) -> list[str]:
    """Languages that can be reached from `source`."""
    return sorted(code for code, legs in _routes_from(source).items() if legs)


def _routes_from(source: str) -> dict[str, tuple[InstalledPackage, ...]]:
    """Breadth first, so the fewest legs win; of several packages for one pair the first, which is the best."""
    sound = [p for p in installed() if p.problem is None]
    found: dict[str, tuple[InstalledPackage, ...]] = {source: ()}
    waiting = deque([source])
    while waiting:
        here = waiting.popleft()
        for package in sound:
            if package.from_code == here and package.to_code not in found:
                found[package.to_code] = (*found[here], package)
                waiting.append(package.to_code)
    return found
