"""Every pattern of the project, and strings made from its own parts that a backtracking search chokes on.

Run as a program it attacks all of them and ends at the first that hangs, which is the last line that it has printed.
"""

from __future__ import annotations

import ast
import builtins
import faulthandler
import importlib
import re
import time
from collections import defaultdict
from pathlib import Path
from re import _constants as sre
from re import _parser as parser
from typing import NamedTuple

HOUSE = Path(__file__).parents[1] / "compare"
SHORT, LONGER, ENDLESS = 600, 5_000, 500_000  # characters
NOTICED = 0.004  # seconds for the longer attack; whatever is quicker cannot be quadratic
GROWN = 16  # times what the short one took: more than linear, and so tried at full length
DEADLINE = 20  # seconds, many times what a linear pattern needs for the endless attack
SEARCHING = {"search", "finditer", "findall", "sub", "subn", "split"}
MATCHING = {"match", "fullmatch"}
OF_RE = {*SEARCHING, *MATCHING, "compile"}
OF_PANDAS = {"contains", "count", "extract", "extractall", "findall", "fullmatch", "match", "replace", "split"}
STAND_IN = "Aa"  # for what a pattern is filled with only when it is used
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
MANY = 10  # so many repetitions count as any number of them
ANY_TEXT = "aAzé1_ \t\n\0.,;:!-'’“\"()[]/@&$"


class _Filled(dict):
    """A module's names and what its functions call by a name, and a stand-in for what only a running function has."""

    def __init__(self, module, assigned):
        super().__init__(vars(module))
        self.assigned = assigned

    def __missing__(self, name):
        if name in self.assigned:
            return _value(self.assigned.pop(name), self)
        return getattr(builtins, name, STAND_IN)


def patterns():
    """Give every pattern as {compiled: (module, whether text is searched with it)}."""
    found, methods = {}, defaultdict(set)
    named, looped = defaultdict(set), {}
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            if not key.startswith("__"):
                for pattern in _held(value):
                    found.setdefault(pattern, name)
                    named[pattern].add(_place(name, key))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.comprehension):
                looped |= {_place(name, one): _place(name, target) for one, target in _looped(node)}
            if isinstance(node, ast.Attribute):
                owner = node.value.func if isinstance(node.value, ast.Call) else node.value
                owner = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                methods[_place(name, owner)].add(node.attr)
            if isinstance(node, ast.Call) and _takes_a_pattern(node.func):
                for pattern in _called(node, _names(module, tree, node)):
                    found.setdefault(pattern, name)
                    if node.func.attr == "compile":
                        named[pattern] |= {_place(name, function.name) for function in _around(tree, node)}
                    else:
                        named[pattern].add(node.func.attr)
                        methods[node.func.attr].add(node.func.attr)
    for one, target in looped.items():
        methods[one] |= methods[target]
    return {
        pattern: (module, not _only_matched(set().union(*(methods[name] for name in named[pattern]))))
        for pattern, module in found.items()
    }


def _looped(node):
    """The names in a tuple that a comprehension runs over, each with what it is called there."""
    if isinstance(node.iter, ast.Tuple) and isinstance(node.target, ast.Name):
        yield from ((one.id, node.target.id) for one in node.iter.elts if isinstance(one, ast.Name))


def _place(module, name):
    """A name with its module, where no other module has a part in it."""
    return f"{module}.{name}" if name.startswith("_") or name.islower() else name


def _only_matched(methods):
    """Whether a pattern is tried at one place of a text only, so that a second start costs nothing."""
    return bool(methods & MATCHING) and not methods & SEARCHING


def _held(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _held(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _held(one)


def _names(module, tree, call):
    """What the names in a call stand for: the module's own, and those that its function has put there before."""
    assigned = {
        node.targets[0].id: node.value
        for function in _around(tree, call)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    return _Filled(module, assigned)


def _around(tree, call):
    """The functions that a call stands in."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [one for one in functions if one.lineno <= call.lineno <= (one.end_lineno or 0)]


def _takes_a_pattern(function):
    """Whether a function is one of `re`, or of the text methods of pandas."""
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value
    if isinstance(owner, ast.Name):
        return owner.id == "re" and function.attr in OF_RE
    return isinstance(owner, ast.Attribute) and owner.attr == "str" and function.attr in OF_PANDAS


def _called(call, names):
    """The pattern that a call of `re`, or of the text methods of pandas, is given."""
    place = 1 if call.func.attr == "compile" else 2
    flags = call.args[place : place + 1] if call.func.attr in {"compile", *MATCHING} else []
    flags += [one.value for one in call.keywords if one.arg == "flags"]
    if not call.args or any(one.arg == "regex" for one in call.keywords):
        return
    try:
        text = _value(call.args[0], names)
        yield text if isinstance(text, re.Pattern) else re.compile(text, *(_value(flag, names) for flag in flags))
    except (TypeError, AttributeError):
        return  # of no literal: the module holds what it is compiled to


def _value(node, names):
    code = compile(ast.Expression(node), "<pattern>", "eval")
    return eval(code, names)  # noqa: S307 - the project's own expressions


class Attack(NamedTuple):
    """What leads to a repeat, its body, which comes over and over, and a misfit."""

    lead: str
    unit: str
    misfit: str

    def text(self, length):
        """The attack as a text of about this length."""
        return self.lead + self.unit * (length // len(self.unit)) + self.misfit


def attacks(pattern):
    """Give the attacks on each repeat of a pattern."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(text, pattern.flags & ~re.DEBUG)
    letters = _letters(tree)
    seen = set()
    for before, body in _repeats(tree, ("",)):
        pumps = {_example(body, variant) for variant in range(4)}
        if len(body) == 1:
            pumps |= {letter for letter in letters if _takes(body[0], letter)}
        for lead in before:
            units = {("", f"{lead}{pump}") for pump in pumps} | {(lead, pump) for pump in pumps} | {("", lead)}
            for first, unit in units:
                if not unit or (first, unit) in seen:
                    continue
                seen.add((first, unit))
                misfits = [letter for letter in letters if not (len(body) == 1 and _takes(body[0], letter))]
                for last in dict.fromkeys(["\0", *misfits[:1]]):
                    yield Attack(first, unit, last)


def _letters(tree):
    """One character for each kind that the pattern tells apart, but for the letters that its words consist of."""
    classes, literals = [], set()
    for op, value in _nodes(tree):
        mark = op is sre.LITERAL and not chr(value).isalnum()
        if mark or op in (sre.IN, sre.NOT_LITERAL):
            classes.append((op, value))
        if mark:
            literals.add(chr(value))
        elif op is sre.IN:
            literals |= {chr(one) for kind, one in value if kind is sre.LITERAL}
    kinds = {}
    for letter in [*ANY_TEXT, *sorted(literals)]:
        kinds.setdefault(tuple(_takes(one, letter) for one in classes), letter)
    return list(kinds.values())


def _nodes(tree):
    for op, value in tree:
        yield op, value
        for _, part in _parts(op, value):
            yield from _nodes(part)


def _parts(op, value):
    """The patterns within a node, each with whether it takes up text."""
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [(False, value[1])]
    within = {
        sre.BRANCH: lambda: value[1],
        sre.SUBPATTERN: lambda: [value[3]],
        sre.ATOMIC_GROUP: lambda: [value],
        sre.GROUPREF_EXISTS: lambda: [part for part in value[1:] if part is not None],
        **dict.fromkeys(REPEATS, lambda: [value[2]]),
    }
    return [(True, part) for part in within[op]()] if op in within else []


def _repeats(tree, before):
    """Give each repeat of many as (texts that lead to it, its body)."""
    for op, value in tree:
        for _, part in _parts(op, value):
            if op in REPEATS and value[1] >= MANY:
                yield before, part
            yield from _repeats(part, before)
        before = tuple(dict.fromkeys(lead + _example([(op, value)], number) for number, lead in enumerate(before * 2)))
        before = before[:2]


def _example(tree, variant):
    """A text that the pattern takes, or nearly so: what it only looks at is left out."""
    told = ""
    for op, value in tree:
        if op is sre.LITERAL:
            told += chr(value)
        elif op in (sre.IN, sre.NOT_LITERAL, sre.ANY):
            fitting = [letter for letter in _candidates(op, value) if _takes((op, value), letter)]
            told += fitting[variant % len(fitting)] if fitting else ""
        elif op in REPEATS:
            low, high, body = value
            told += _example(body, variant) * min(max(low, 1 if variant % 2 else 3), int(high))
        elif op is sre.BRANCH:
            told += _example(value[1][variant % len(value[1])], variant)
        else:
            told += "".join(_example(part, variant) for takes, part in _parts(op, value)[:1] if takes)
    return told


def _candidates(op, value):
    if op is not sre.IN:
        return ANY_TEXT
    own = [one for kind, one in value if kind is sre.LITERAL] + [one[0] for kind, one in value if kind is sre.RANGE]
    return [*ANY_TEXT, *map(chr, own)]


def _takes(node, letter):
    """Whether a node of one character, or a group around one, takes this character."""
    op, value = node
    if op is sre.LITERAL:
        return ord(letter) == value
    if op is sre.NOT_LITERAL:
        return ord(letter) != value
    if op is sre.ANY:
        return True
    if op is sre.IN:
        negated = value[0][0] is sre.NEGATE
        return negated != any(_in_class(kind, one, letter) for kind, one in value[negated:])
    return any(len(part) == 1 and _takes(part[0], letter) for takes, part in _parts(op, value) if takes)


def _in_class(kind, value, letter):
    if kind is sre.LITERAL:
        return ord(letter) == value
    if kind is sre.RANGE:
        return value[0] <= ord(letter) <= value[1]
    name = str(value).removeprefix("CATEGORY_")
    holds = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace(), "WORD": letter.isalnum() or letter == "_"}
    return holds[name.removeprefix("NOT_")] != name.startswith("NOT_")


def grown(pattern, *, searched):
    """Give the attacks, at full length, on which the work seems to grow faster than the text."""
    for one in attacks(pattern):
        longer = _took(pattern, one.text(LONGER), searched=searched)
        if longer <= NOTICED:
            continue
        allowed = GROWN * min(_took(pattern, one.text(SHORT), searched=searched) for _ in range(3))
        again = (_took(pattern, one.text(LONGER), searched=searched) for _ in range(2))
        if longer > allowed and min(again) > allowed:
            yield one.text(ENDLESS)


def tried(pattern, text, *, searched):
    """Use the pattern on a text in every way; the program ends where that does not."""
    faulthandler.dump_traceback_later(DEADLINE, exit=True)
    given = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    pattern.match(given)
    pattern.fullmatch(given)
    if searched:
        for _ in pattern.finditer(given):
            pass
    faulthandler.cancel_dump_traceback_later()


def _took(pattern, text, *, searched):
    begun = time.process_time()
    tried(pattern, text, searched=searched)
    return time.process_time() - begun


if __name__ == "__main__":
    for one, (module, searched) in patterns().items():
        print(module, repr(one.pattern), flush=True)
        for text in grown(one, searched=searched):
            tried(one, text, searched=searched)
