"""The priorities in force: a team's own table in the data folder, else the seed author's."""

from incident_training import places
from incident_training.doctrine.priority import Level, Matrix, MatrixError, matrix, read
from incident_training.kinds.base import plural

OWN = "priority.toml"
MOST = 100_000  # bytes of a table that is read


def in_force() -> tuple[Matrix, str]:
    """Return the table, and a sentence on why a team's own is not used ("" where it is)."""
    path = places.data_folder() / OWN
    try:
        with path.open("rb") as file:
            given = file.read(MOST + 1)
        if len(given) > MOST:
            raise MatrixError(f"larger than {plural(MOST, 'byte', 'bytes')}")
        return read(given.decode("utf-8")), ""
    except FileNotFoundError:
        return matrix(), ""
    except (OSError, UnicodeDecodeError, MatrixError) as error:
        return matrix(), f"Your own {OWN} cannot be used: {error}. This is the seed author's table."


def told(severity: Level, impact: Level) -> str:
    """Say which priority a severity and an impact make, and what that means."""
    table, problem = in_force()
    number = table.priority(severity, impact)
    made = f"Severity {severity} and impact {impact} make it priority {number}"
    return " ".join(filter(None, (f"{made}: {table.priorities[number].says}.", problem)))
