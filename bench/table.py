"""Prints the runs as a table. Ratios are taken between two runs of the same
round, which came shortly after one another, so that a slow minute of the
machine affects both; the table has their median."""
from statistics import median

HEAD = "  %-25s %7s %13s %8s %12s %9s %7s %5s %5s" % (
    "", "wall s", "low-high", "times", "low-high", "a second", "CPU s",
    "times", "MB")


class Spread:
    def __init__(self, numbers):
        self.low, self.middle, self.high = \
            min(numbers), median(numbers), max(numbers)

    def range(self, digits):
        return "%.*f-%.*f" % (digits, self.low, digits, self.high)

    def as_json(self):
        return {"median": self.middle, "low": self.low, "high": self.high}


def ratios(runs, base, attribute):
    """Returns the ratios of the rounds that both clients have run."""
    return Spread([getattr(a, attribute) / getattr(b, attribute)
                   for a, b in zip(runs, base)])


def summary(runs, base):
    return {"wall": Spread([r.wall for r in runs]),
            "cpu": Spread([r.cpu for r in runs]),
            "memory": Spread([r.memory for r in runs]),
            "times_wall": ratios(runs, base, "wall"),
            "times_cpu": ratios(runs, base, "cpu")}


def row(name, runs, base, requests):
    wrong = next((r.wrong for r in runs if r.wrong), "")
    if wrong or not runs:
        return "  %-25s FAILS: %s" % (name, wrong or "no run")
    s = summary(runs, base)
    times = s["times_wall"]
    return "  %-25s %7.2f %13s %8.2f %12s %9d %7.2f %5.1f %5.0f" % (
        name, s["wall"].middle, s["wall"].range(2), times.middle,
        times.range(2 if times.high < 10 else 1), requests / s["wall"].middle,
        s["cpu"].middle, s["times_cpu"].middle, s["memory"].middle / 1e6)


def show(work, clients, runs):
    print("\n%s: %s; %d at once" % (work.name, work.description,
                                    work.at_once))
    print(HEAD)
    base = runs[clients[0].name]
    for client in clients:
        note = client.note(work)
        print(row(client.name + (" (%s)" % note if note else ""),
                  runs[client.name], base, len(work.answers)), flush=True)
