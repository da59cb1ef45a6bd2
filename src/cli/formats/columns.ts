/** Lays rows out in columns that fit a terminal, whatever they hold: the columns of jobs are listed in `table.ts`. */
import { styleText } from "node:util";
import { oneLine } from "../one-line.ts";
import { fit, widthOf } from "./cells.ts";

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** The fewest cells that it is cut to. @default never cut */
  readonly least?: number;
  /** Where its texts are cut. @default "end" */
  readonly cut?: "end" | "middle";
  /** On a narrow terminal the column of the lowest rank is cut first, and left out first. @default never left out */
  readonly rank?: number;
  /** The style of texts that have one. */
  readonly styles?: ReadonlyMap<string, Parameters<typeof styleText>[0]>;
}

export type Rows = readonly (readonly string[])[];

/** A column with its place in a row and its width. */
type Sized = Column & { readonly at: number; readonly rank: number; width: number };

const GAP = "  ";

/** Columns whose widths are set by the first rows, for these and all that follow. */
export class Columns {
  readonly #sized: readonly Sized[];
  /** Whether a text that is wider than its column is cut: nothing is where there is no terminal. */
  readonly #isCut: boolean;

  /** @param room columns of the terminal, infinite where there is none */
  constructor(columns: readonly Column[], sample: Rows, room: number) {
    this.#sized = fitted(columns, sample.map(plain), room);
    this.#isCut = room !== Number.POSITIVE_INFINITY;
  }

  /** The line of titles; empty where no column has one. */
  get head(): string {
    if (this.#sized.every(({ title }) => title === "")) return "";
    return `${styleText("bold", line(this.#sized.map(({ title, width }) => fit(title, width))))}\n`;
  }

  lines(rows: Rows): string {
    return rows
      .map((row) => `${line(this.#sized.map((column) => this.#cell(column, row[column.at] ?? "")))}\n`)
      .join("");
  }

  #cell({ width, cut, styles }: Sized, text: string): string {
    const shown = oneLine(text);
    const style = styles?.get(shown);
    const cell = this.#isCut || widthOf(shown) < width ? fit(shown, width, cut) : shown;
    return style ? styleText(style, cell) : cell;
  }
}

function plain(row: readonly string[]): string[] {
  return row.map(oneLine);
}

function line(cells: readonly string[]): string {
  return cells.join(GAP).trimEnd();
}

/** The columns that there is room for at their narrowest, with the widths that there is room for. */
function fitted(columns: readonly Column[], rows: Rows, room: number): readonly Sized[] {
  let sized = columns.map((column, at) => {
    const width = rows.reduce((most, row) => Math.max(most, widthOf(row[at] ?? "")), widthOf(column.title));
    return { rank: Number.POSITIVE_INFINITY, ...column, at, width, least: Math.min(width, column.least ?? width) };
  });
  const total = (size: "width" | "least") =>
    sized.reduce((sum, one) => sum + one[size], GAP.length * (sized.length - 1));
  for (const { rank } of sized.toSorted((a, b) => a.rank - b.rank))
    if (rank < Number.POSITIVE_INFINITY && total("least") > room) sized = sized.filter((one) => one.rank !== rank);
  while (total("width") > room) {
    const cuttable = sized.filter(({ width, least }) => width > least);
    const [next] = cuttable.sort((a, b) => a.rank - b.rank || b.width - a.width);
    if (next === undefined) break;
    next.width--;
  }
  return sized;
}
