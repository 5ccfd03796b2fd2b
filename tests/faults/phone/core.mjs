/**
 * Bundles the phone's own append(), and what unlocks a phone, for the harness, so that a queue of a thousand is written in seconds:
 * `node core.mjs ROOT` prints a script that sets globalThis.core. ROOT is the tree it is taken from.
 */
import { join } from "node:path";
import * as esbuild from "esbuild";

const root = process.argv[2];
const { outputFiles } = await esbuild.build({
  stdin: {
    contents: `export { append } from "./store/append.js"; export { event } from "./patrol/bodies.js";
      export { doors, open } from "./store/keys.js";`,
    resolveDir: join(root, "static/js"),
  },
  bundle: true,
  write: false,
  format: "iife",
  globalName: "core",
  target: ["es2022"],
});
process.stdout.write(`${outputFiles[0].text};globalThis.core = core;`);
