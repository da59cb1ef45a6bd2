import type { StoredRecord } from "../store.ts";
import { notJson, type RecordFault, type RecordRules, recordReader } from "./record.ts";
import type { LocatedFault } from "./report.ts";
import { nameOf, read, type Source } from "./source.ts";
import { type Piece, Splitter } from "./splitter.ts";

/** What some bytes of an inventory held. */
export interface Chunk {
  readonly bytes: number;
  readonly records: StoredRecord[];
  /** The faults of each record that is refused. */
  readonly refused: LocatedFault[][];
  /** Whether a page came to its end. */
  hasPage: boolean;
}

/**
 * Reads an inventory: JSON in UTF-8 that holds records. Pages as the API, the AWS CLI, boto3 and the SDKs give them,
 * bare records, lists of either, any number of them in a row, or a record a line.
 *
 * @throws whatever the source throws, or the signal's reason
 */
export async function* readInventory(source: Source, rules: RecordRules, signal?: AbortSignal): AsyncGenerator<Chunk> {
  const file = nameOf(source);
  const splitter = new Splitter(rules.operation.paginated?.items ?? []);
  const readPiece = pieceReader(rules);
  let number = 0;

  const readAll = (pieces: readonly Piece[], bytes: number): Chunk => {
    const chunk: Chunk = { bytes, records: [], refused: [], hasPage: false };
    for (const piece of pieces) {
      const found = readPiece(piece);
      if (found === "page") {
        chunk.hasPage = true;
        continue;
      }
      if (piece.kind === "record") number++;
      if (Array.isArray(found)) {
        const place = piece.kind === "record" ? { file, record: number, line: piece.line } : { file, line: piece.line };
        chunk.refused.push(found.map((fault) => ({ ...place, ...fault })));
      } else chunk.records.push(found);
    }
    return chunk;
  };
  for await (const bytes of read(source, signal)) {
    const pieces = splitter.write(bytes);
    yield readAll(pieces, bytes.length);
    if (pieces.at(-1)?.kind === "broken") return;
  }
  yield readAll(splitter.end(), 0);
}

function pieceReader(rules: RecordRules): (piece: Piece) => StoredRecord | RecordFault[] | "page" {
  const readRecord = recordReader(rules);
  return ({ kind, text }) => {
    if (kind === "record") return readRecord(text);
    if (kind === "broken") return [{ rule: "json", message: text }];
    try {
      JSON.parse(text);
      return "page";
    } catch (error) {
      return [{ rule: "json", message: `The page ${notJson(error)}` }];
    }
  };
}
