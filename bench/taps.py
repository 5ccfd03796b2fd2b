"""How soon each moment of a patrol is answered on a slow phone: from the tap to the frame that says
what was saved.

A real Chromium with its processor four times slower, strict durability, no network.
"""

from pathlib import Path

from bench import phones
from bench.figures import Figure, percentile
from bench.progress import turns

TIMES_A_ROUND = 20
MOMENTS = """async (times) => {
  const { tap, answered, gone } = tapping;
  const took = { arrive: [], "leave calm": [], event: [] };
  for (let n = 0; n < times; n += 1) {
    took.arrive.push(await answered("Här nu", "Här nu:"));
    took["leave calm"].push(await answered("Klar – lugnt", "Besöket avslutat"));
    await gone("Klar – lugnt");
    for (const step of ["Händelse", "Moped", "Vårdslös mopedkörning", "4–10"]) await tap(step);
    took.event.push(await answered("Spara händelsen", "Händelsen sparad"));
  }
  return took;
}"""


def measure(folder: Path, options) -> list[Figure]:
    """p95 and median in milliseconds of each moment, one sample a round of 20."""
    with phones.phone(folder) as phone:
        phone.slow_down(phones.SLOWER)
        rounds = [
            phone.page.evaluate(MOMENTS, TIMES_A_ROUND)
            for _ in turns(range(options.rounds), "rounds")
        ]
    figures = []
    for moment in rounds[0]:
        name = f"{moment} answered, processor {phones.SLOWER}× slower"
        p95, middle = ([percentile(r[moment], share) for r in rounds] for share in (0.95, 0.5))
        figures.append(Figure(f"{name}, p95", "ms", p95, 100, below=True))
        figures.append(Figure(f"{name}, median", "ms", middle, 100, below=True))
    return figures
