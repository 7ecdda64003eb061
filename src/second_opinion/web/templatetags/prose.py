"""Plain text as one writes it in a letter: paragraphs, and lists whose items begin with "- "."""

from dataclasses import dataclass

from django import template

register = template.Library()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one paragraph, or the items of one list."""

    is_list: bool
    lines: tuple[str, ...]


@register.filter
def blocks(text: str) -> list[Block]:
    found: list[Block] = []
    for paragraph in text.split("\n\n"):
        for line in filter(None, map(str.strip, paragraph.splitlines())):
            is_item = line.startswith("- ")
            words = line[2:].strip() if is_item else line
            if found and found[-1].lines and found[-1].is_list == is_item:
                found[-1] = Block(is_item, (*found[-1].lines, words))
            else:
                found.append(Block(is_item, (words,)))
        found.append(Block(is_list=False, lines=()))
    return [block for block in found if block.lines]
