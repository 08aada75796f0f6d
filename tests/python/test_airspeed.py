"""Mapping templates against airspeed, another interpreter of Velocity, in the part of the language where Apache's
Velocity and API Gateway agree: nothing undefined, conditions that are booleans, no map printed, no backslash.

Templates are made at random from a fixed seed; one statement renders them all.
"""

import json
import random

import airspeed
import pytest

COUNT = 600
VARIABLES = ("a", "b", "c")


class Maker:
    """Makes templates in which every reference is defined where it stands."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def template(self) -> str:
        # Every variable has its type for good, so that operators and methods fit wherever they come.
        head = "".join(
            [
                f"#set($a = {self.integer()})",
                f"#set($b = {self.string()})",
                f"#set($c = [{', '.join(self.integer() for _ in range(3))}])",
                "#set($m = {'k': 'v', 'n': 7})",
            ]
        )
        return head + self.block(3)

    def block(self, depth: int) -> str:
        return "".join(self.piece(depth) for _ in range(self.random.randint(1, 4)))

    def piece(self, depth: int) -> str:
        kinds = ["text", "print", "set", "comment"]
        if depth:
            kinds += ["if", "foreach", "define"]
        return getattr(self, f"make_{self.random.choice(kinds)}")(depth)

    def make_text(self, _) -> str:
        return self.random.choice(["x", " y ", "1.5", "5$ ", '{"k": 1}', "a, b", "é", "\n", "<p class='q'>"])

    def make_print(self, _) -> str:
        return self.random.choice(
            ["${a}", "$!{a}", "${b}", "${b}c", "$b.length()", "$c.size()", "$c.get(1)", "$c[0]", "${m.k}", "$m['n']", "$m.get('k')"]
        )

    def make_set(self, _) -> str:
        line = self.random.choice(["", "\n"])
        return self.random.choice(
            [
                f"#set($a = {self.number(2)}){line}",
                f"#set( $b = {self.string()} ){line}",
                f"#set($b = \"<$a>\"){line}",
                f"#set($c = [{self.number(1)}, {self.number(1)}]){line}",
            ]
        )

    def make_comment(self, _) -> str:
        return self.random.choice(["## gone\n", "#* gone *#."])

    def make_if(self, depth: int) -> str:
        text = f"#if({self.condition(2)}){self.block(depth - 1)}"
        if self.random.random() < 0.4:
            text += f"#elseif({self.condition(1)}){self.block(depth - 1)}"
        if self.random.random() < 0.5:
            text += f"#{{else}}.{self.block(depth - 1)}"
        return text + "#{end}"

    def make_foreach(self, depth: int) -> str:
        body = self.random.choice(["${i}", "${foreach.count}", "${foreach.index}", "#if($foreach.hasNext),#{end}"])
        over = self.random.choice(["$c", "[1..3]", "[2..-1]", "['p', 'q']"])
        return f"#foreach($i in {over}){body}{self.block(depth - 1)}#{{end}}"

    def make_define(self, _) -> str:
        return f"#define($d)[$a{self.random.choice(['', '$b'])}]#{{end}}${{d}}"

    def condition(self, depth: int) -> str:
        simple = [
            "true",
            "false",
            f"$a {self.random.choice(['==', '<', '>', '<=', '>=', 'lt', 'ge'])} {self.integer()}",
            f"{self.number(1)} > {self.number(1)}",
        ]
        if not depth:
            return self.random.choice(simple)
        inner = lambda: self.condition(depth - 1)
        both = f"({inner()}) {self.random.choice(['&&', '||', 'and', 'or'])} ({inner()})"
        return self.random.choice([*simple, both, f"!({inner()})"])

    def number(self, depth: int) -> str:
        if not depth or self.random.random() < 0.4:
            return self.random.choice(["$a", self.integer()])
        # Python's integers have no end, Java's do: what grows, grows slowly.
        operator, right = self.random.choice([("+", self.number(depth - 1)), ("-", "3"), ("* 2 -", "7")])
        return f"({self.number(depth - 1)} {operator} {right})"

    def integer(self) -> str:
        return str(self.random.randint(0, 9))

    def string(self) -> str:
        return self.random.choice(["'text'", '"text"', "'it is'", "'a$b'", "''"])


def rendered_here(census, templates: list[str]) -> list[str]:
    values = ", ".join(f"({place}, '{text.replace(chr(39), chr(39) * 2)}')" for place, text in enumerate(templates))
    sql = f"SELECT render_template(t, '{{}}') AS r FROM (VALUES {values}) AS v(n, t) ORDER BY n"
    run = census.run("query", "--format", "json", stdin=sql)
    assert run.code == 0, run.stderr
    return [row["r"] for row in json.loads(run.stdout)]


@pytest.fixture
def store(census, account):
    census.collect_whole()
    return census


def test_templates_print_what_airspeed_prints(store):
    templates = [Maker(seed).template() for seed in range(COUNT)]
    expected = [airspeed.Template(template).merge({}) for template in templates]
    differing = [
        (template, there, here)
        for template, there, here in zip(templates, expected, rendered_here(store, templates))
        if there != here
    ]
    assert not differing, "\n".join(map(repr, differing[:5]))
    assert sum(len(text) > 20 for text in expected) > COUNT / 4
