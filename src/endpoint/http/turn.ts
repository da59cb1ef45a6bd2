import { setImmediate } from "node:timers/promises";

let turn: Promise<void> | undefined;

/** Resolves once every request that has arrived in this turn of the event loop is being handled. All callers share one promise. */
export function endOfTurn(): Promise<void> {
  turn ??= setImmediate().then(() => {
    turn = undefined;
  });
  return turn;
}
