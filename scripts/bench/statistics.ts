/** Figures of many rounds of one measurement: other work on the machine moves single rounds by a third. */

/** Whether a round is better the less it gives, as of CPU, or the more, as of pages a second. */
export type Better = "least" | "most";

/** The best of many rounds, which other work can only worsen, the middle, and the quartiles around it. */
export interface Summary {
  readonly best: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function summary(values: readonly number[], better: Better): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)]!;
    return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
  };
  return { best: at(better === "least" ? 0 : 1), median: at(0.5), low: at(0.25), high: at(0.75) };
}

/**
 * The best of one series against the best of another. The spread is that of the ratios in each round, whose two values
 * were measured one right after the other, so that both met the same machine.
 */
export function ratio(values: readonly number[], against: readonly number[], better: Better): Summary {
  const rounds = values.map((value, round) => value / against[round]!);
  return { ...summary(rounds, better), best: summary(values, better).best / summary(against, better).best };
}

/** Splits samples into four of the same length. */
export function quarters<Sample>(samples: readonly Sample[]): Sample[][] {
  return [0, 1, 2, 3].map((quarter) =>
    samples.slice((quarter * samples.length) / 4, ((quarter + 1) * samples.length) / 4),
  );
}

/** How much more of something there is at the end than early on: the median of the last quarter against the second's. */
export function growth(samples: readonly number[]): number {
  const [, second = [], , last = []] = quarters(samples);
  return summary(last, "least").median / summary(second, "least").median;
}
