/** What many runs of one measurement say: other work on the machine moves single runs by a third. */

/** The middle of many values, and the quartiles around it. */
export interface Summary {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function summary(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)]!;
    return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** Ratios of values that were measured one right after the other, so that both met the same machine. */
export function ratio(values: readonly number[], against: readonly number[]): Summary {
  return summary(values.map((value, round) => value / against[round]!));
}

/** The b of cost = a·workᵇ, fitted by least squares to the logarithms. */
export function exponent(points: readonly (readonly [work: number, cost: number])[]): number {
  const logs = points.map(([work, cost]) => [Math.log(work), Math.log(cost)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return covariance / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}

/** Splits samples into four of the same length. */
export function quarters<Sample>(samples: readonly Sample[]): Sample[][] {
  return [0, 1, 2, 3].map((quarter) =>
    samples.slice((quarter * samples.length) / 4, ((quarter + 1) * samples.length) / 4),
  );
}
