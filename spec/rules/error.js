import { STATUS_CODES } from "node:http";
import { contents, entries, errors, follow, isError, operations, responses } from "./document.js";

/**
 * Checks the errors of an operation. `must` picks one rule, so that each can be switched and documented by itself.
 * @param {any} document
 * @param {{ must: "status" | "name" | "message" | "retryable" | "example" }} options
 */
export default function error(document, { must }) {
  return operations(document)
    .flatMap((operation) => responses(document, operation).map((response) => ({ ...response, operation })))
    .filter(isError)
    .flatMap((response) => CHECKS[must](document, response));
}

const CHECKS = {
  status(_document, { key: status, operation }) {
    if (status in STATUS_CODES) return [];
    const message = `${status} is not a status that a server sends: name each error's own.`;
    return [{ message, path: [...operation.path, "responses", status] }];
  },

  name(document, response) {
    const found = errors(document, response);
    if (found.length === 0) return [{ message: `No error is named for status ${response.key}.`, path: response.path }];
    return found
      .filter(({ name }) => name === undefined)
      .map(({ written }) => ({
        message: "An error is a schema of its own under components/schemas: its key there is its name on the wire.",
        path: written,
      }));
  },

  message(document, response) {
    return errors(document, response)
      .filter(({ value }) => {
        const message = follow(document, { value: value?.properties?.Message, path: [] }).value;
        return message?.type !== "string" || !value.required?.includes("Message");
      })
      .map(({ name, path }) => ({ message: `${name ?? "The error"} does not require a string Message.`, path }));
  },

  retryable(document, response) {
    return errors(document, response)
      .filter(({ value }) => {
        const mark = value?.["x-retryable"];
        return typeof mark !== "boolean" && typeof mark?.throttling !== "boolean";
      })
      .map(({ name, path }) => ({
        message: `${name ?? "The error"} needs x-retryable: true, false or { throttling: true }.`,
        path,
      }));
  },

  example(document, response) {
    return contents(document, response).flatMap((media) => {
      const given = entries(document, { value: media.value?.examples, path: [] }).map(({ key }) => key);
      return errors(document, response)
        .filter(({ name, media: { path } }) => name && path.join() === media.path.join() && !given.includes(name))
        .map(({ name }) => ({ message: `Status ${response.key} has no example called ${name}.`, path: media.path }));
    });
  },
};
