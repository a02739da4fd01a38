"""What a `Comparison` and a `Corpus` have in common: they become a data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from compare.comparison import Comparison
    from compare.corpus.corpus import Corpus
    from compare.export.about import About
    from compare.export.description import Text
    from compare.validation.validated import Validation


class CanBeShared:
    """Gives `export` to what has stories."""

    def need_text(self) -> None:
        """Refuse what cannot be done without the articles' words."""
        raise NotImplementedError

    def export(  # noqa: PLR0913 - each but the folder is optional and named
        self,
        folder: str | os.PathLike[str],
        *,
        text: Text = "none",
        claim_words: int = 0,
        key: str | os.PathLike[str] | None = None,
        publish_key: bool = False,
        about: About | str | os.PathLike[str] | None = None,
        validation: Validation | None = None,
        force: bool = False,
    ) -> Path:
        """Write a data set: every table as Parquet and CSV, with what others need to find, cite, load and check it.

        Of a corpus, the tables of the stories stand one below the other, with story_id first, and each outlet's record
        is part of it; with a validation its rates are corrected.

        Args:
            folder: made if it is not there; it must be empty, but see `force`.
            text: "none" leaves out every word of the articles, of claims and quotations, and gives fingerprints
                instead; "full" is for yourself, or for texts that you may share. See docs/sharing.md.
            claim_words: without text, keep the first so many words of every claim's wording.
            key: the file with the key of the fingerprints; if None FOLDER.key beside the folder, which is made if it
                is not there. Keep it: only who has it can tell that an article is the one that was compared.
            publish_key: put the key into the data set, so that whoever has the articles can.
            about: title, creators, licence and so on: an `About`, or a TOML file of its fields.
            validation: what coders said of a sample of its decisions.
            force: replace a data set that is there already; other files in the folder stay.

        Returns:
            The folder.

        Raises:
            InputError: the folder holds something or cannot be written, the key or `about` cannot be read, the labels
                are of another run, or it was itself read from a data set without text.
        """
        from compare.export.about import given_about
        from compare.export.bundle import Options, write_bundle

        self.need_text()
        options = Options(text, claim_words, key, publish_key, given_about(about), force)
        return write_bundle(cast("Comparison | Corpus", self), folder, options, validation)
