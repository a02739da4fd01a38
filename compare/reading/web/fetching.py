"""Articles from addresses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from compare.errors import FlawError, InputError, MissingExtraError, shortened, warn
from compare.progress import progress
from compare.reading.articles import read_articles
from compare.reading.pages import page_records
from compare.reading.problems import Problems, RefusedError
from compare.reading.web.addresses import canonical
from compare.tables import ARTICLES, PAGES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from compare.reading.web.visits import Page, Visitor

_HOSTS_AT_ONCE = 8
_LONGEST_REASON = 300  # characters


class Fetched(NamedTuple):
    """What came of addresses.

    Attributes:
        articles: the articles that were read (`compare.tables.ARTICLES`), in the order of the addresses.
        pages: what came of each address (`compare.tables.PAGES`), with the reason where there is no article.
    """

    articles: pd.DataFrame
    pages: pd.DataFrame


def fetch(  # noqa: PLR0913 - each but the addresses is optional and named
    urls: str | Iterable[str],
    *,
    cache: str | os.PathLike[str] | bool = True,
    refresh: bool = False,
    allow_private: bool = False,
    delay: float = 1.0,
    contact: str = "",
) -> Fetched:
    """Fetch pages from their addresses, and read the articles in them.

    Politely: a program named storydiff asks each host for one page at a time, with a pause, as its robots.txt
    (RFC 9309) allows, and not again for a page that it has. A page of more than 10 MB, packed or not, one whose answer
    takes over 30 s (in each of four tries), and one that another machine than a public one would answer are not read.
    Proxies are not used.

    Args:
        urls: addresses of pages; the same one twice, or with other tracking parameters, is fetched once.
        cache: a folder for the fetched pages, which are taken from there the next time. True is storydiff/pages in the
            user's folder for caches; False keeps none.
        refresh: fetch again what is kept.
        allow_private: also ask this machine and private networks.
        delay: seconds between two requests to one host.
        contact: an address of mail or web at which a site's owner can reach you.

    Returns:
        `Fetched`: the articles, and a row for each address. What fails stops nothing.

    Raises:
        InputError: there are no addresses, `delay` is no number from 0 on, or `contact` is not plain ASCII.
        MissingExtraError: the extra `web` is not installed.
    """
    try:
        from compare.reading.web.visits import Visitor, usual_cache
    except ImportError as error:
        raise MissingExtraError("Fetching pages", "web") from error
    given = list(dict.fromkeys([urls] if isinstance(urls, str) else urls))
    if not given or not all(isinstance(one, str) for one in given):
        raise InputError("there are no addresses to fetch; give a list of them.")
    if isinstance(delay, bool) or not isinstance(delay, (int, float)) or not 0 <= delay < float("inf"):
        raise InputError(f"delay is {delay!r}: give a number of seconds.")
    if not isinstance(contact, str) or not (contact.isascii() and contact.isprintable()):
        raise InputError(f"contact is {shortened(contact)}: write it in ASCII letters, digits and signs, on one line.")
    folder = usual_cache() if cache is True else cache
    visitor = Visitor(
        cache=_made(Path(folder)) if folder else None,
        refresh=refresh,
        allow_private=allow_private,
        delay=delay,
        contact=contact,
    )
    wanted: dict[str, str] = {}
    failed: dict[str, FlawError] = {}
    for one in given:
        try:
            wanted[one] = canonical(one)
        except FlawError as flaw:
            failed[one] = flaw
    pages = _visited(visitor, list(dict.fromkeys(wanted.values())))
    if visitor.unkept:
        warn(f"fetched pages are not kept, and will be fetched again: {visitor.unkept}")
    found = _as_tables(given, wanted, failed, pages)
    _forget_useless(visitor, wanted, found.pages)
    return found


def _forget_useless(visitor: Visitor, wanted: Mapping[str, str], pages: pd.DataFrame) -> None:
    """Have the pages asked for again that gave no article, neither by this address nor by another."""
    useful = set(pages.loc[pages["article_id"].notna(), "address"])
    for asked, address in zip(pages["asked"], pages["address"], strict=True):
        if isinstance(address, str) and address not in useful:
            visitor.forget(wanted[asked])


def _made(folder: Path) -> Path:
    """Make the folder of pages that are kept, before any is fetched."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "is a file" if folder.is_file() else f"cannot be made ({error.strerror})"
        raise InputError(f"{folder}: {why}, and pages are kept in a folder; name another place for it.") from error
    return folder


def _visited(visitor: Visitor, addresses: list[str]) -> dict[str, tuple[Page, bool] | FlawError]:
    """Return each address's page, and whether it was kept, or why there is none; hosts in parallel."""
    by_host: dict[str, list[str]] = {}
    for one in addresses:
        by_host.setdefault(urlsplit(one).netloc, []).append(one)
    found: dict[str, tuple[Page, bool] | FlawError] = {}
    bar = progress(unit="pages", total=len(addresses), name="fetching")

    def visit(host: list[str]) -> None:
        for one in host:
            try:
                found[one] = visitor.page(one)
            except FlawError as flaw:
                found[one] = flaw
            except Exception as error:  # whatever one server's answer leads to, the others are read
                found[one] = FlawError(f"cannot be fetched ({type(error).__name__})", "save it in a browser")
            bar.update()

    with bar, ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        try:
            for done in as_completed([pool.submit(visit, host) for host in by_host.values()]):
                done.result()
        except BaseException:
            visitor.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return found


def _as_tables(
    given: list[str],
    wanted: Mapping[str, str],
    failed: Mapping[str, FlawError],
    pages: Mapping[str, tuple[Page, bool] | FlawError],
) -> Fetched:
    import pandas as pd

    read: list[pd.DataFrame] = []
    article_of: dict[str, str] = {}  # the addresses that were read, and by what address each article was found
    rows: list[dict[str, Any]] = []
    for one in given:
        row: dict[str, Any] = {"asked": one, "cached": False}
        rows.append(row)
        try:
            came = failed[one] if one in failed else pages[wanted[one]]
            if isinstance(came, FlawError):
                raise came
            page, row["cached"] = came
            row |= {"address": page.address, "fetched": pd.Timestamp(page.fetched)}
            table = _article(page, article_of)
        except FlawError as flaw:
            row |= dict(zip(("failure", "way_out"), map(_short, flaw.args), strict=False))
            continue
        article_of[page.address] = one
        row["article_id"] = table["article_id"].iat[0]
        read.append(table)
    articles = pd.concat(read, ignore_index=True) if read else ARTICLES.frame([])
    twice = articles["article_id"].duplicated()
    return Fetched(articles[~twice].reset_index(drop=True), PAGES.frame(rows))


def _article(page: Page, known: Mapping[str, str]) -> pd.DataFrame:
    """Return the article of a page as a table of one row, or the posts of a live blog.

    Raises:
        FlawError: there is none, or the page's address is known.
    """
    if page.address in known:
        raise FlawError(f"is the same page as {known[page.address]}")
    problems = Problems(skip=False)
    try:
        found = page_records(page.body, page.address, problems, content_type=page.content_type, address=page.address)
        records = [{"url": page.address, **record} for _, record in found]
        if records:
            return read_articles(records)
    except RefusedError as refused:
        raise FlawError(refused.what, refused.way_out) from refused
    except InputError as error:
        raise FlawError(str(error).removesuffix(".")) from error
    raise FlawError("was written by storydiff" if problems.own else "holds no article")


def _short(told: str) -> str:
    return " ".join(told.split())[:_LONGEST_REASON]
