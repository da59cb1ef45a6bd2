#!/usr/bin/env python3
"""What the AWS CLI's own jmespath.py makes of the queries in `test/fixtures/cli/queries.tsv`, for `--query` to be held to.

Writes the file anew: each line is a query, a tab, and its outcome over the fixture's listing: the value as JSON,
`refused at` a column when it does not compile, or `fails` when it does not fit the listing. With --check it writes
nothing, and ends with 1 where the file differs. It takes jmespath.py 1.0.1: Debian's package python3-jmespath.

  /usr/bin/python3 scripts/jmespath-fixtures.py [--check]
"""
import json
import pathlib
import sys
import warnings

import jmespath
from jmespath.exceptions import EmptyExpressionError, ParseError

FIXTURES = pathlib.Path(__file__).parent.parent / "test/fixtures/cli"
LISTING = json.loads(json.loads((FIXTURES / "aws-cli.json").read_text())["outputs"][0]["stdout"])


def outcome(query):
    try:
        compiled = jmespath.compile(query)
    except EmptyExpressionError:
        return "refused at 0"
    except ParseError as error:
        return f"refused at {error.lex_position}"
    try:
        value = json.dumps(compiled.search(LISTING), ensure_ascii=False, separators=(",", ":"))
    # Some errors are Python's own, such as the one for the order of a text and a number.
    except Exception:
        return "fails"
    # An expression reference prints as its address; half a surrogate pair stays an escape.
    return "fails" if "object at 0x" in value else value.encode(errors="backslashreplace").decode()


def main():
    # The deprecated literals are meant.
    warnings.simplefilter("ignore")
    if jmespath.__version__ != "1.0.1":
        sys.exit(f"this is jmespath.py {jmespath.__version__}, the fixture is of 1.0.1")
    file = FIXTURES / "queries.tsv"
    before = file.read_text().split("\n")[:-1]
    after = []
    for line in before:
        query = line.split("\t")[0]
        after.append(line if line.startswith("#") else f"{query}\t{outcome(json.loads(query))}")
    if "--check" not in sys.argv:
        file.write_text("".join(f"{line}\n" for line in after))
    elif before != after:
        sys.exit("\n".join(f"{now}\n  not {then}" for then, now in zip(before, after) if then != now))
    print(f"{sum(not line.startswith('#') for line in after)} queries")


main()
