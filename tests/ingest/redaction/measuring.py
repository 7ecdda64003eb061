"""How much of what identifies is masked, and how well a classifier still tells the gender."""

import zlib
from collections import Counter, defaultdict

import numpy as np

from second_opinion.ingest.redaction import redact

N_FEATURES = 4096


def recalls(papers):
    """Masked and all pieces, by kind; and of names by origin."""
    by_kind, by_origin = defaultdict(Counter), defaultdict(Counter)
    n_letters = n_too_many = 0
    for paper in papers:
        masks = redact(paper.text, paper.entities, language=paper.language).masks
        hidden = np.zeros(len(paper.text), dtype=bool)
        for mask in masks:
            hidden[mask.start : mask.end] = True
        wanted = np.zeros(len(paper.text), dtype=bool)
        for kind, start, end, origin in paper.pieces:
            wanted[start:end] = True
            is_letter = np.array([each.isalnum() for each in paper.text[start:end]])
            is_masked = bool(hidden[start:end][is_letter].all())
            by_kind[kind][is_masked] += 1
            if origin:
                by_origin[origin][is_masked] += 1
        letters = np.array([each.isalnum() for each in paper.text])
        n_letters += int((letters & ~wanted).sum())
        n_too_many += int((letters & ~wanted & hidden).sum())
    return _shares(by_kind), _shares(by_origin), n_too_many / n_letters


def _shares(counted):
    return {key: count[True] / count.total() for key, count in counted.items()}


def features(texts):
    """Counts of letter groups of two to four, hashed; each text of length one."""
    rows = np.zeros((len(texts), N_FEATURES))
    for row, text in zip(rows, texts, strict=True):
        lower = text.lower()
        for size in (2, 3, 4):
            for start in range(len(lower) - size + 1):
                row[zlib.crc32(lower[start : start + size].encode()) % N_FEATURES] += 1
    rows = np.log1p(rows)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def area_under_curve(texts, genders, *, n_folds=5):
    """Of logistic regression with a ridge, on texts that it was not fitted to; 0.5 is chance."""
    rows, wanted = features(texts), np.asarray(genders, dtype=float)
    folds = np.arange(len(texts)) % n_folds
    scores = np.zeros(len(texts))
    for fold in range(n_folds):
        fitted = folds != fold
        mean = rows[fitted].mean(axis=0)
        weights = _fit(rows[fitted] - mean, wanted[fitted])
        scores[~fitted] = (rows[~fitted] - mean) @ weights
    ranks = scores.argsort().argsort() + 1
    n_ones = wanted.sum()
    n_zeros = len(wanted) - n_ones
    return (ranks[wanted == 1].sum() - n_ones * (n_ones + 1) / 2) / (n_ones * n_zeros)


def _fit(rows, wanted, *, ridge=0.003, n_steps=300, rate=30.0):
    weights = np.zeros(rows.shape[1])
    for _ in range(n_steps):
        chance = 1 / (1 + np.exp(-rows @ weights))
        weights -= rate * (rows.T @ (chance - wanted) / len(wanted) + ridge * weights)
    return weights
