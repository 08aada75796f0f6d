"""Moves statements that the engine has come to answer as PostgreSQL does out of known_wrong.slt.

    cargo test -p census-engine --test postgres 2>&1 | python3 scripts/known_wrong.py

Standard input is what the test said; each statement goes to the end of the file that is named above it.
"""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "crates/engine/tests/slt/pg"
KNOWN_WRONG = FOLDER / "known_wrong.slt"


def move(lines_of_statements: set[int]) -> int:
    """Moves the blocks in which one of the lines (from 1) lies; returns how many."""
    kept, moved, topic, line = [], 0, None, 1
    for block in KNOWN_WRONG.read_text(encoding="utf-8").rstrip("\n").split("\n\n"):
        height = block.count("\n") + 1
        heading = re.fullmatch(r"# (\w+\.slt)", block)
        if heading:
            topic = FOLDER / heading[1]
        if lines_of_statements.isdisjoint(range(line, line + height)):
            kept.append(block)
        else:
            # The first statement of its topic makes the file.
            before = "\n" if topic.exists() else ""
            with topic.open("a", encoding="utf-8") as file:
                file.write(f"{before}{block}\n")
            moved += 1
        line += height + 1
    KNOWN_WRONG.write_text("\n\n".join(without_empty_topics(kept)) + "\n", encoding="utf-8")
    return moved


def without_empty_topics(blocks: list[str]) -> list[str]:
    """Leaves out headings that no statement follows."""
    is_heading = [re.fullmatch(r"# \w+\.slt", block) is not None for block in blocks]
    following = [*is_heading[1:], True]
    return [block for block, heading, next_is in zip(blocks, is_heading, following) if not (heading and next_is)]


if __name__ == "__main__":
    said = re.findall(r"known_wrong\.slt:(\d+) is right now", sys.stdin.read())
    print(f"{move({int(line) for line in said})} moved")
