/** Figures of many rounds of one measurement. Other work on the machine moves single rounds by a third. */

/** The better end of a figure: the least, as for CPU, or the most, as for pages a second. */
export type Better = "least" | "most";

/** The best of many rounds, their median and their quartiles. The best counts: other work can only worsen a round. */
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
 * The best of one series against the best of another. The spread is of the ratios round by round: the two values of a
 * round were measured one right after the other, on the same machine in the same state.
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

/** The growth of a series: the median of its last quarter against the median of its second. */
export function growth(samples: readonly number[]): number {
  const [, second = [], , last = []] = quarters(samples);
  return summary(last, "least").median / summary(second, "least").median;
}
