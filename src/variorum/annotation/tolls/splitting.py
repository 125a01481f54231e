"""Numbers glued to words, as telegrams and tickers have them: "killed:4", "riot/68 inmates", "Tumaco,2 soldiers"."""

from __future__ import annotations

import re

from msgspec.structs import replace

from variorum.records import Sentence, Syntax, Token

_GLUED = re.compile(r"[^\W\d_]\)?[,:/–—;]\d|\)[–—][^\W\d_]|\d[/;–—:][^\W\d_]")
_PIECE = re.compile(r"\d+(?:[,.]\d{3})*|[^\W\d_]+(?:['’.-][^\W\d_]+)*|[^\w\s]|\w+")


def unglued(text: str, syntax: Syntax) -> Syntax:
    """The syntax with each glued token of `text` in its pieces; the last piece keeps the token's place in the tree and
    the others hang on it. The same object where nothing is glued."""
    if _GLUED.search(text) is None:
        return syntax
    pieces = {token.i: list(_PIECE.finditer(token.text)) for token in syntax.tokens if _GLUED.search(token.text)}
    pieces = {i: found for i, found in pieces.items() if len(found) > 1 and not _is_address(syntax.tokens[i].text)}
    if not pieces:
        return syntax
    place, at = [], 0  # where each token's last piece comes to stand
    for token in syntax.tokens:
        at += len(pieces.get(token.i, (token,)))
        place.append(at - 1)
    tokens: list[Token] = []
    for token in syntax.tokens:
        head = place[token.head]
        for match in pieces.get(token.i, ())[:-1]:
            tokens.append(replace(_piece(token, match, len(tokens)), dep="dep", head=place[token.i]))
        last = pieces[token.i][-1] if token.i in pieces else None
        kept = token if last is None else _piece(token, last, len(tokens))
        tokens.append(replace(kept, i=len(tokens), head=head))
    sentences = [_moved(sentence, place, pieces) for sentence in syntax.sentences]
    return Syntax(tokens, sentences)


def _piece(token: Token, match: re.Match[str], i: int) -> Token:
    word = match.group()
    pos, tag = ("NUM", "CD") if word[0].isdigit() else (token.pos, token.tag)
    if not word[0].isalnum():
        pos, tag = "PUNCT", ":"
    start = token.start + match.start()
    return Token(i, start, start + len(word), word, word.lower(), pos, tag, token.dep, i)


def _is_address(word: str) -> bool:
    return "://" in word or "www." in word or "@" in word


def _moved(sentence: Sentence, place: list[int], pieces: dict[int, list[re.Match[str]]]) -> Sentence:
    first = place[sentence.first] - len(pieces.get(sentence.first, (None,))) + 1
    return replace(sentence, first=first, last=place[sentence.last - 1] + 1)
