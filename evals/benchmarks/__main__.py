"""`python -m evals.benchmarks norquad`: figures on data that nobody here wrote."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.errors import AssistantError
from assistant.settings import Settings
from evals.benchmarks import abstention, crossing, norquad, storting
from evals.benchmarks.running import Measured

# The health glossary serves the health reports; sentences about anything have to do without.
GLOSSARY = Path(__file__).parents[2] / "knowledge" / "synonyms.yaml"
BENCHMARKS = {
    "norquad": norquad.run,
    "abstention": abstention.run,
    "helseatlas": crossing.benchmark("helseatlas", GLOSSARY),
    "flores": crossing.benchmark("flores"),
    "storting": storting.run,
}
# Where the data of a benchmark lies, if not in a folder of its name.
FOLDERS = {"abstention": "norquad"}


def main() -> int:
    """Run the named benchmarks and print one table."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="+", choices=[*BENCHMARKS, "all"], help="which benchmarks to run")
    parser.add_argument("--data", type=Path, help="the folder of benchmark data (or set ASSISTANT_BENCHMARKS)")
    parser.add_argument("--workspace", type=Path, default=Path(".assistant/benchmarks"), help="where indexes are kept")
    arguments = parser.parse_args()
    try:
        settings = Settings.load(benchmarks=arguments.data)
        if settings.benchmarks is None:
            print("Skipped: no benchmark data. Name its folder with --data or ASSISTANT_BENCHMARKS.")
            return 0
        names = list(BENCHMARKS) if "all" in arguments.names else arguments.names
        measured: list[Measured] = []
        for name in names:
            if (settings.benchmarks / FOLDERS.get(name, name)).is_dir():
                run = BENCHMARKS[name]
                measured += run(
                    settings.benchmarks, arguments.workspace, settings.embedding_model, reading=settings.reader
                )
            else:
                print(f"Skipped {name}: there is no folder {name} in {settings.benchmarks}.")
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    with_reader = "with" if settings.reader else "without"
    Console().print(table(measured, f"{settings.embedding_model}, {with_reader} the reader"))
    return 0


def table(measured: list[Measured], model: str) -> Table:
    """One row a figure."""
    result = Table(title=f"Benchmarks, embedding model: {model}")
    for heading in ("benchmark", "metric", "value [95 %]", "n", "corpus", "seconds"):
        result.add_column(heading)
    for row in measured:
        value = row.value
        shown = f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]" if value else "no score"
        result.add_row(row.benchmark, row.metric, shown, str(value.n if value else 0), row.corpus, f"{row.seconds:.1f}")
    return result


if __name__ == "__main__":
    sys.exit(main())
