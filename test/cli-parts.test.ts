/** Parts of the command by themselves: times, cells, tokens, suggestions. */
import fc from "fast-check";
import stringWidth from "string-width";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fit } from "../src/cli/formats/cells.ts";
import { decodePosition, encodePosition } from "../src/cli/listing/starting-token.ts";
import { oneLine } from "../src/cli/one-line.ts";
import { suggestion } from "../src/cli/suggestion.ts";
import { epochSeconds, isoTime, microseconds } from "../src/iso-time.ts";

const times = suite("times");
const zone = process.env.TZ;
times.after.each(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

for (const [tz, seconds, expected] of [
  ["UTC", 1757836800, "2025-09-14T08:00:00+00:00"],
  ["UTC", 1757836800.123, "2025-09-14T08:00:00.123000+00:00"],
  ["UTC", 1757836800.123456, "2025-09-14T08:00:00.123456+00:00"],
  ["UTC", 1757836800.000001, "2025-09-14T08:00:00.000001+00:00"],
  ["UTC", 1757836799.9999998, "2025-09-14T08:00:00+00:00"],
  ["UTC", 0, "1970-01-01T00:00:00+00:00"],
  ["UTC", -0.5, "1969-12-31T23:59:59.500000+00:00"],
  ["Europe/Berlin", 1757836800, "2025-09-14T10:00:00+02:00"],
  ["Europe/Berlin", 1735689599, "2025-01-01T00:59:59+01:00"],
  ["Asia/Kathmandu", 1757836800, "2025-09-14T13:45:00+05:45"],
  ["America/St_Johns", 1757836800.5, "2025-09-14T05:30:00.500000-02:30"],
] as const)
  times(`${seconds} in ${tz}`, () => {
    process.env.TZ = tz;
    assert.is(isoTime(seconds), expected);
  });

times("are read back as what they were, to the microsecond, in any zone", () => {
  for (const tz of ["UTC", "Europe/Dublin", "Australia/Lord_Howe", "America/New_York", "Africa/Monrovia"]) {
    process.env.TZ = tz;
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 33) * 1e6, max: 2 ** 33 * 1e6 }), (micros) => {
        const seconds = micros / 1e6;
        assert.is(epochSeconds(isoTime(seconds)), seconds);
        assert.is(microseconds(seconds), micros);
      }),
    );
  }
});

times("are read back as what they were in the first and the last year", () => {
  for (const tz of ["UTC", "Europe/Berlin", "America/New_York"]) {
    process.env.TZ = tz;
    for (const text of ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00+14:00"]) {
      const seconds = epochSeconds(text)!;
      const printed = isoTime(seconds);
      assert.is(epochSeconds(printed), seconds);
    }
  }
});

times("of which the year has no four digits stay numbers", () => {
  process.env.TZ = "UTC";
  assert.is(isoTime(253402300799.99997), "9999-12-31T23:59:59.999969+00:00");
  assert.is(isoTime(253402300800), "253402300800");
  assert.is(epochSeconds("253402300800"), 253402300800);
  assert.is(epochSeconds("-62167219200.5"), -62167219200.5);
  assert.is(epochSeconds("1636049730"), undefined);
  assert.is(isoTime(-62167219200.5), "-62167219200.5");
  assert.is(isoTime(1e15), "1000000000000000");
});
times.run();

const cells = suite("text in cells");
cells("is cut with an ellipsis, and never in the middle of a character", () => {
  assert.is(fit("packaging", 9), "packaging");
  assert.is(fit("packaging", 12), "packaging   ");
  assert.is(fit("packaging", 6), "packa…");
  assert.is(fit("packaging", 6, "middle"), "pac…ng");
  assert.is(fit("日本語です", 6), "日本… ");
  assert.is(fit("👩‍🔬👩‍🔬👩‍🔬", 4), "👩‍🔬… ");
  assert.is(fit("e\u0301e\u0301e\u0301", 2), "e\u0301…");
});
cells("fills exactly the cells it was given", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "日", "😀", "e\u0301", "-") });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 30 }), fc.constantFrom("end", "middle"), (string, width, cut) => {
      assert.is(stringWidth(fit(string, width, cut)), width);
    }),
  );
});
cells("holds nothing that a terminal obeys", () => {
  assert.is(oneLine("a\x1b[31mb\r\nc\u202ed\x9be"), "a [31mb c d e");
});
cells.run();

const tokens = suite("starting tokens");
tokens("are the AWS CLI's, letter by letter", () => {
  const decoded = (position: Parameters<typeof encodePosition>[0]) =>
    Buffer.from(encodePosition(position), "base64").toString();
  assert.is(decoded({ token: "abc", skip: 0 }), '{"NextToken": "abc"}');
  assert.is(decoded({ token: "abc", skip: 3 }), '{"NextToken": "abc", "boto_truncate_amount": 3}');
  assert.is(decoded({ token: undefined, skip: 0 }), '{"NextToken": null, "boto_truncate_amount": 0}');
});
tokens("are read as what they were", () => {
  const position = fc.record({
    token: fc.option(fc.base64String({ minLength: 1 }), { nil: undefined }),
    skip: fc.nat(),
  });
  fc.assert(fc.property(position, (one) => assert.equal({ ...decodePosition(encodePosition(one)) }, { ...one })));
});
tokens("of the service itself are left alone", () => {
  for (const token of [
    "abc",
    "a+/=",
    Buffer.from("123").toString("base64"),
    Buffer.from("null").toString("base64"),
    "",
  ])
    assert.equal(decodePosition(token), { token, skip: 0 });
});
tokens.run();

const words = suite("suggestions");
words("name what was probably meant", () => {
  const options = ["--project-name", "--page-size", "--max-items", "--no-paginate", "--query"];
  const meant = (word: string) => suggestion(word, options);
  assert.is(meant("--projectname"), ". Did you mean --project-name?");
  assert.is(meant("--Max-Items"), ". Did you mean --max-items?");
  assert.is(meant("--page"), ". Did you mean --page-size?");
  assert.is(meant("--qeury"), ". Did you mean --query?");
  assert.is(meant("--colour"), ".");
});
words.run();
