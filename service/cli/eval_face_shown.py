"""What `insideout eval fer2013` and its like print for people."""

from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table


def show(found: dict[str, Any], console: Console) -> None:
    """The report for people: the figures, then what each label was taken for."""
    table = Table("figure", "value", "95 %", "n", title=f"{found['task']}, {found['model']}")
    for name, value in found["metrics"].items():
        low, high = found["interval95"][name]
        table.add_row(name, f"{value:.3f}", f"{low:.3f} to {high:.3f}", f"{_count(name, found):,}")
    console.print(table)
    if "labels" in found:
        console.print(_confusion(found["labels"]))
    for line in _lines(found):
        console.print(line, markup=False, highlight=False)


def _count(figure: str, found: dict[str, Any]) -> int:
    """Of how many items that figure is."""
    parts = found.get("n_parts", {})
    label = figure.removeprefix("recall_")
    if figure in parts:
        return int(parts[figure])
    if label != figure:
        return int(found["labels"]["n"][found["labels"]["names"].index(label)])
    if figure.endswith(("_ccc", "_rmse")):
        return int(found["n_rated"])
    return int(found.get("n_labelled", found["n"]))


def _confusion(labels: dict[str, Any]) -> Table:
    names = labels["names"]
    silent = any(row[-1] for row in labels["confusion"])
    columns = [*names, "none"] if silent else names
    table = Table(
        "", "n", *columns, box=SIMPLE, title="% of each label's items, by what was answered"
    )
    for name, count, row in zip(names, labels["n"], labels["confusion"], strict=True):
        shares = [
            f"{100.0 * cell / max(1, count):.0f}" if cell else "" for cell in row[: len(columns)]
        ]
        table.add_row(name, str(count), *shares)
    return table


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['n']:,} items; {found['protocol']}"
    if "doubles" in found:
        doubles = found["doubles"]
        seen = doubles["in_training"]
        told = "not looked for (no training images)" if seen is None else f"{seen}"
        yield (
            f"images that repeat one before: {doubles['within']}; under two labels: "
            f"{doubles['under_another_label']}; that stand in the training images too: {told}"
        )
    for reason, count in found["unanswered"].items():
        yield f"no answer for {count}: {reason}"
    yield f"{found['seconds_per_item_p50'] * 1000:.2f} ms an item (p50)"
    if "against" in found:
        yield _against(found["against"])


def _against(other: dict[str, Any]) -> str:
    low, high = other["interval95"]["difference"]
    told = f"against {other['model']}: {other['difference']:+.4f} [{low:+.4f}, {high:+.4f}]"
    if "mcnemar_p" not in other:
        return f"{told} of the mean CCC"
    return (
        f"{told} of top1; right in this alone {other['only_this']}, in the other alone "
        f"{other['only_other']}; exact McNemar p = {other['mcnemar_p']:g}"
    )
