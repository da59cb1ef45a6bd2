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

/** The value at a share of the values, 0.99 for the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
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
