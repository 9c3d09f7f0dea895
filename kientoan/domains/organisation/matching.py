"""Which units a body named in a document is, on the day of the document.

What is one unit for sure is given as such; a group ("các sở, ban, ngành") is expanded to the units it means;
whatever is left open (two wards of one name, a body that is not ours, "các cơ quan liên quan") is asked,
never guessed.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Self

from .body_groups import GROUPS, Group, GroupFinder
from .body_names import SEPARATORS, Aliases, Token, bare_name, place_of, tokens_of
from .models import Placement, Post, Rank
from .queries import UnitOnDay, root_on, units_on

_TITLE = re.compile(
    r"(?:(?P<deputy>các phó|phó) )?(?:giám đốc|chủ tịch|bí thư|thủ trưởng|cục trưởng|chỉ huy trưởng|"
    r"hiệu trưởng|viện trưởng|chi cục trưởng|chủ nhiệm|trưởng|chánh|người đứng đầu|"
    r"tổng giám đốc)(?: các| của)? "
)
_FILLER = {"các", "và", "cùng", "với", "của", "giao", "là", "gồm", "hoặc"}
_OTHER_PLACE = {"tỉnh", "thành", "trung"}  # 'tỉnh Hậu Giang', 'thành phố Hồ Chí Minh', 'Trung ương'


@dataclass(frozen=True, slots=True)
class Match:
    """The units meant by a text.

    `units` are sure. `certain`: nothing is left open, the text may be used as it stands. `candidates`: units
    to choose among for what is open. `group`: the kind of group that was expanded. `posts`: head posts named
    ("Giám đốc Sở Y tế").
    """

    text: str
    units: tuple[int, ...] = ()
    certain: bool = False
    candidates: tuple[int, ...] = ()
    group: str | None = None
    posts: tuple[int, ...] = ()


class UnitMatcher:
    """Matches bodies to the units of one day; made once for many texts.

    `parents`: unit → the units right above it in any hierarchy. `head_posts`: unit → its head post.
    """

    def __init__(
        self,
        units: Mapping[int, UnitOnDay],
        *,
        root: int | None,
        parents: Mapping[int, Set[int]],
        head_posts: Mapping[int, int],
    ) -> None:
        self.units = units
        self.root = units.get(root) if root is not None else None
        self.parents = parents
        self.head_posts = head_posts
        self.place = place_of(self.root or UnitOnDay(0, "", "", "", ""))
        self.aliases = Aliases(units.values(), self.place)
        self._known: dict[str, Match] = {}  # a document names the same bodies again and again

    @classmethod
    def on(cls, day: date) -> Self:
        """The matcher for a day (five queries)."""
        parents: dict[int, set[int]] = {}
        above = Placement.objects.on(day).filter(parent__isnull=False).values_list("unit_id", "parent_id")
        for unit, parent in above:
            if parent is not None:
                parents.setdefault(unit, set()).add(parent)
        heads: dict[int, list[int]] = {}
        for post, unit in Post.objects.on(day).filter(rank=Rank.HEAD).values_list("pk", "unit_id"):
            heads.setdefault(unit, []).append(post)
        return cls(
            units_on(day),
            root=root_on(day),
            parents=parents,
            head_posts={unit: posts[0] for unit, posts in heads.items() if len(posts) == 1},
        )

    def match(self, *texts: str) -> Match:
        """The units that the texts name together (the leads of a task, say)."""
        shown = "; ".join(text.strip() for text in texts if text and text.strip())
        known = self._known.get(shown)
        if known is None:
            known = self._known[shown] = _Scan(self, tokens_of(shown)).run(shown)
        return known


def match_bodies(text: str, day: date) -> Match:
    """The units that a text names on a day. For many texts make one `UnitMatcher`."""
    return UnitMatcher.on(day).match(text)


class _Scan:
    """One pass over the words of a text."""

    def __init__(self, matcher: UnitMatcher, tokens: list[Token]) -> None:
        self.matcher = matcher
        self.tokens = tokens
        self.words = [token.word for token in tokens]
        self.units: dict[int, None] = {}
        self.candidates: dict[int, None] = {}
        self.posts: dict[int, None] = {}
        self.groups: list[str] = []
        self.open = False
        self.loose = -2  # place of the last word that belongs to no body
        self.context = ""  # kind word whose bare names may follow: 'huyện' in 'các huyện Vĩnh Thạnh, Cờ Đỏ'

    def run(self, shown: str) -> Match:
        place = 0
        while place < len(self.words):
            place = self._step(place)
        return Match(
            text=shown,
            units=tuple(self.units),
            certain=bool(self.units) and not self.open,
            candidates=tuple(unit for unit in self.candidates if unit not in self.units),
            group="+".join(dict.fromkeys(self.groups)) or None,
            posts=tuple(self.posts),
        )

    def _step(self, place: int) -> int:
        """Read what stands at a word; gives the place after it."""
        if self.words[place] in SEPARATORS:
            return place + 1
        start, head = self._title(place)
        end, ids = self._alias(start)
        group_end, group = GroupFinder(self.words, start, titled=start > place).find(GROUPS)
        if group is not None and group_end > end:
            return self._take_group(group, start, group_end, head)
        if ids:
            return self._take_units(ids, place, start, end, head)
        if self.context:
            end, ids = self._bare(place)
            if ids:
                self._settle(ids, end, head=False)
                return end
        if self.words[place] not in _FILLER:
            self.open = True
            self.loose = place
        return place + 1

    def _title(self, place: int) -> tuple[int, bool]:
        """Skip 'Giám đốc', 'Chủ tịch' …: (place of the body, whether its head is named)."""
        found = _TITLE.match(" ".join(self.words[place : place + 8]) + " ")
        if found is None:
            return place, False
        return place + len(found[0].split()), not found["deputy"]

    def _alias(self, start: int) -> tuple[int, frozenset[int]]:
        """The longest name of a unit that begins at a word; commas inside names are read over."""
        aliases = self.matcher.aliases
        taken: list[str] = []
        best: tuple[int, frozenset[int]] = (start, frozenset())
        for place in range(start, len(self.words)):
            word = self.words[place]
            if word == "," and taken:
                continue
            if word in SEPARATORS or len(taken) >= aliases.longest:
                break
            taken.append(word)
            ids = aliases.by_words.get(tuple(taken))
            if ids:
                best = (place + 1, ids)
        return best

    def _bare(self, start: int) -> tuple[int, frozenset[int]]:
        """A name without its kind word, of the kind named before: 'Cờ Đỏ' after 'các huyện Vĩnh Thạnh,'."""
        names = self.matcher.aliases.bare.get(self.context, {})
        for end in range(min(len(self.words), start + 5), start, -1):
            ids = names.get(tuple(self.words[start:end]))
            if ids:
                return end, ids
        return start, frozenset()

    def _take_units(self, ids: frozenset[int], place: int, start: int, end: int, head: bool) -> int:
        end, ids = self._within(ids, end)
        following = self.tokens[end] if end < len(self.tokens) else None
        runs_on = following is not None and following.word not in SEPARATORS | _FILLER
        if following is not None and runs_on and (following.word in _OTHER_PLACE or following.capital):
            self.open = True  # 'Sở Y tế tỉnh Hậu Giang': another place's, not ours
            return self._to_separator(end)
        if runs_on or self.loose == place - 1 >= 0:  # part of a longer name: 'Công an quận Ninh Kiều'
            self.open = True
            self.candidates.update(dict.fromkeys(sorted(ids)))
            return end
        return self._settle(ids, end, head)

    def _settle(self, ids: frozenset[int], end: int, head: bool) -> int:
        """One unit is sure; several of one name are asked."""
        if len(ids) != 1:
            self.open = True
            self.candidates.update(dict.fromkeys(sorted(ids)))
            return end
        unit = next(iter(ids))
        self.units[unit] = None
        if head and unit in self.matcher.head_posts:
            self.posts[self.matcher.head_posts[unit]] = None
        self.context = bare_name(self.matcher.units[unit])[0]
        return end

    def _within(self, ids: frozenset[int], end: int) -> tuple[int, frozenset[int]]:
        """'phường An Hòa, quận Ninh Kiều': the second name says where the first one is."""
        place = end
        while place < len(self.words) and self.words[place] in {",", "(", "thuộc", "của"}:
            place += 1
        after, above = self._alias(place)
        inside = frozenset(unit for unit in ids if above & self.matcher.parents.get(unit, set()))
        above_is_territory = all(self.matcher.units[unit].is_territory for unit in above)
        if place > end and inside and above_is_territory:
            return after, inside
        if place == end and inside and after > end and above_is_territory:
            return after, inside
        return end, ids

    def _take_group(self, group: Group, start: int, end: int, head: bool) -> int:
        """A group: names of that kind may follow ('các huyện Vĩnh Thạnh, Cờ Đỏ'), else all of it is meant."""
        for context in group.contexts(self.words[start:end]):
            self.context = context
            after, ids = self._bare(end)
            if ids:
                return self._settle(ids, after, head)
        members = group.members(self.words[start:end], self.matcher.units.values())
        end, members = self._group_within(members, end)
        self.groups.append(group.name)
        if group.is_open(self.words[start:end]) or not members:
            self.open = True
            self.candidates.update(dict.fromkeys(members))
            return end
        following = self.tokens[end] if end < len(self.tokens) else None
        if following is not None and following.word not in SEPARATORS | _FILLER:
            self.open = True
            self.candidates.update(dict.fromkeys(members))
            return end
        self.units.update(dict.fromkeys(members))
        if head:
            posts = (self.matcher.head_posts.get(unit) for unit in members)
            self.posts.update(dict.fromkeys(post for post in posts if post is not None))
        return end

    def _group_within(self, members: list[int], end: int) -> tuple[int, list[int]]:
        """'các xã, phường thuộc quận Ninh Kiều': only those under the unit named."""
        place = end
        while place < len(self.words) and self.words[place] in {"thuộc", "của", "trực"}:
            place += 1
        after, above = self._alias(place)
        if not above or after == place:
            return end, members
        inside = [unit for unit in members if above & self.matcher.parents.get(unit, set())]
        return (after, inside) if inside else (end, members)

    def _to_separator(self, place: int) -> int:
        while place < len(self.words) and self.words[place] not in SEPARATORS:
            place += 1
        return place
