/** Lays out rows in columns that fit a terminal. The columns for jobs are in `table.ts`. */
import { styleText } from "node:util";
import { oneLine } from "../one-line.ts";
import { fit, widthOf } from "./cells.ts";

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** The fewest cells that the column is cut to. @default never cut */
  readonly least?: number;
  /** The place where its texts are cut. @default "end" */
  readonly cut?: "end" | "middle";
  /** On a narrow terminal the column of least importance is cut first, and left out first. @default never left out */
  readonly importance?: number;
  /** The styles of texts, by the text. */
  readonly styles?: ReadonlyMap<string, Parameters<typeof styleText>[0]>;
}

export type Rows = readonly (readonly string[])[];

/** A column with its index in a row and its width. */
type Sized = Column & { readonly index: number; readonly importance: number; width: number };

const GAP = "  ";

/** Columns with widths that fit a sample of rows. The widths hold for all rows that follow. */
export class Columns {
  readonly #sized: readonly Sized[];
  /** Whether texts wider than their column are cut. Without a terminal they are not. */
  readonly #isCut: boolean;

  /** @param room The width of the terminal in cells; infinite without a terminal. */
  constructor(columns: readonly Column[], sample: Rows, room: number) {
    this.#sized = fitted(columns, sample.map(plain), room);
    this.#isCut = room !== Number.POSITIVE_INFINITY;
  }

  /** The line of titles; empty when no column has a title. */
  get head(): string {
    if (this.#sized.every(({ title }) => title === "")) return "";
    return `${styleText("bold", line(this.#sized.map(({ title, width }) => fit(title, width))))}\n`;
  }

  lines(rows: Rows): string {
    return rows
      .map((row) => `${line(this.#sized.map((column) => this.#cell(column, row[column.index] ?? "")))}\n`)
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

/** Leaves out columns until the rest fits at its narrowest, and cuts the rest until it fits. */
function fitted(columns: readonly Column[], rows: Rows, room: number): readonly Sized[] {
  let sized = columns.map((column, index) => {
    const width = rows.reduce((most, row) => Math.max(most, widthOf(row[index] ?? "")), widthOf(column.title));
    return {
      importance: Number.POSITIVE_INFINITY,
      ...column,
      index,
      width,
      least: Math.min(width, column.least ?? width),
    };
  });
  const total = (size: "width" | "least") =>
    sized.reduce((sum, column) => sum + column[size], GAP.length * (sized.length - 1));
  for (const { importance } of sized.toSorted((a, b) => a.importance - b.importance))
    if (importance < Number.POSITIVE_INFINITY && total("least") > room)
      sized = sized.filter((column) => column.importance !== importance);
  while (total("width") > room) {
    const cuttable = sized.filter(({ width, least }) => width > least);
    const [next] = cuttable.sort((a, b) => a.importance - b.importance || b.width - a.width);
    if (next === undefined) break;
    next.width--;
  }
  return sized;
}
