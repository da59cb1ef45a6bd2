import { setImmediate } from "node:timers/promises";

let turn: Promise<void> | undefined;

/** Resolves when all that had arrived for this turn of the event loop has been looked at; everybody shares one promise. */
export function endOfTurn(): Promise<void> {
  turn ??= setImmediate().then(() => {
    turn = undefined;
  });
  return turn;
}
