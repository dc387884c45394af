"""What bench/endtoend says about a figure: a median with its band, beside a target."""

import statistics

STEADY = 0.05


def band(values):
    """The median, and the band that holds the middle 80 % of the values."""
    ordered = sorted(values)

    def at(part):
        place = part * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    return statistics.median(ordered), at(0.1), at(0.9)


def verdict(median, low, high, target, most):
    """Met when the median reaches the target, missed when most rounds do not come near it."""
    if target is None:
        return ""
    if median <= target if most else median >= target:
        return "met"
    return "missed" if (low > target if most else high < target) else "inconclusive"


def say(name, values, target=None, most=True, steady=True):
    """One line; `most` when the figure is to stay at or below its target, else it is to reach it. Nothing follows from what is not steady."""
    median, low, high = band(values)
    line = [name, *(f"{value:.2f}" for value in (median, low, high))]
    end = verdict(median, low, high, target, most) if steady or target is None else "inconclusive"
    print(*line, "" if target is None else f"{target:.2f}", end, sep="\t", flush=True)


def beside_itself(name, same):
    """Whether a yardstick was steady, by the ratios of its two turns in each round; a comment tells them."""
    median, low, high = band(same)
    note(f"{name}: nginx beside itself {median:.2f} ({low:.2f} to {high:.2f})")
    return abs(median - 1) <= STEADY


def skip(name, why):
    print(name, "", "", "", "", f"skipped: {why}", sep="\t", flush=True)


def note(text):
    """A fact beside the figures, indented: the lines of the header are not."""
    print(f"#   {text}", flush=True)
