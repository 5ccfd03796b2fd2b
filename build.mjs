/**
 * Bundles the browser's side into static/dist: content-hashed entries, manifest.json (which name is
 * which file, what the phone keeps for offline, what of it is loaded later) and the service worker that holds that list.
 * Knows nothing of npm or Python; hatch_build.py decides when it runs.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const OUT = "static/dist";
const ENTRIES = [
  { in: "static/js/patrol/app.js", out: "patrol", phone: true },
  { in: "static/css/phone/phone.css", out: "phone", phone: true },
  { in: "static/js/review/desk.js", out: "desk" },
  { in: "static/css/desk/desk.css", out: "desk" },
];
/** What no screen needs at once and would hold up the shell: kept by the worker when the first screen stands. */
const AFTERWARDS = new Set(["static/js/map/picture.js", "static/js/map/basemap.js"]);
/** What the server renders for the phone; a change in any of these is a new shell. */
const SHELL_SOURCES = ["templates/patrol", "fieldlog/patrol", "static/icons"];
const SHELL_URLS = ["/app/", "/app/manifest.webmanifest"];
/** OpenLayers measures a letter by innerHTML, which our Trusted Types refuse; as text it is as high. */
const TRUSTED = {
  name: "trusted",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/ol\/render\/canvas\.js$/ }, ({ path }) => {
      const given = readFileSync(path, "utf8");
      const contents = given.replace("measureElement.innerHTML = 'M'", "measureElement.textContent = 'M'");
      if (contents === given) throw new Error(`${path} measures text in another way: look whether a string becomes HTML`);
      return { contents };
    }),
};
const COMMON = {
  bundle: true,
  minify: true,
  sourcemap: true,
  write: true,
  target: ["es2022", "safari16"],
  legalComments: "linked",
  define: { "process.env.NODE_ENV": '"production"', __VERSION__: JSON.stringify(version()) },
  logLevel: "warning",
};

mkdirSync(OUT, { recursive: true });
const bundled = await bundle(ENTRIES.filter((entry) => existsSync(entry.in)));
const precache = [...phoneFiles(bundled.outputs), ...icons(), ...shell(bundled.entries)];
const afterwards = afterwardsFiles(bundled.outputs);
await worker(precache, afterwards, bundled.entries);
const later = laterFiles(bundled.outputs);
publish({ entries: bundled.entries, precache, first: firstScripts(bundled), later, afterwards }, bundled.outputs);

/** Bundles pages' scripts and styles; returns esbuild's outputs and {"patrol.js": "patrol-HASH.js"}. */
async function bundle(present) {
  const { metafile } = await esbuild.build({
    ...COMMON,
    entryPoints: present.map(({ in: file, out }) => ({ in: file, out })),
    outdir: OUT,
    format: "esm",
    splitting: true,
    metafile: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    external: ["/static/*"],
    // The same library for today's browsers, 2 KB less on the wire.
    alias: { dexie: "dexie/dist/modern/dexie.min.mjs" },
    plugins: [TRUSTED],
  });
  const entries = {};
  for (const [file, output] of Object.entries(metafile.outputs)) {
    const entry = present.find((one) => one.in === output.entryPoint);
    if (entry) entries[entry.out + file.slice(file.lastIndexOf("."))] = inDist(file);
  }
  return { outputs: metafile.outputs, entries };
}

/** The phone's scripts and styles with every chunk they reach, later ones too, but those that come afterwards. */
function phoneFiles(outputs) {
  return soon(outputs).map((file) => ({ url: `/${file}`, revision: null, integrity: integrity(file) }));
}

/** What only the map needs. */
function afterwardsFiles(outputs) {
  const without = new Set(soon(outputs));
  const files = reachable(outputs, () => true).filter((file) => !without.has(file));
  return files.map((file) => ({ url: `/${file}`, integrity: integrity(file) }));
}

function soon(outputs) {
  return reachable(outputs, (one) => !AFTERWARDS.has(outputs[one.path]?.entryPoint));
}

/** What the phone's script imports at once: the shell names it, so that it comes beside the script and not after it. */
function firstScripts({ outputs, entries }) {
  const entry = `/${OUT}/${entries["patrol.js"]}`;
  const later = laterFiles(outputs);
  return phoneFiles(outputs).map(({ url }) => url).filter((url) => url.endsWith(".js") && url !== entry && !later.includes(url));
}

/** Those that the page asks for only later, such as the other language. */
function laterFiles(outputs) {
  const first = reachable(outputs, (one) => one.kind !== "dynamic-import");
  return phoneFiles(outputs).map(({ url }) => url).filter((url) => !first.includes(url.slice(1)));
}

/** The phone's entries and what they import, by the kinds of import that count. */
function reachable(outputs, counts) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file) || !outputs[file]) return;
    found.add(file);
    for (const one of outputs[file].imports) if (counts(one)) visit(one.path);
  };
  const phone = new Set(ENTRIES.filter((entry) => entry.phone).map((entry) => entry.in));
  for (const [file, output] of Object.entries(outputs)) if (phone.has(output.entryPoint)) visit(file);
  return [...found].sort();
}

/** The page's own icon; the PNGs are fetched by the system when it installs the app, and kept by it. */
function icons() {
  return ["static/icons/icon.svg"].map((file) => ({ url: `/${file}`, revision: digest([file]), integrity: integrity(file) }));
}

function shell(entries) {
  const revision = digest(SHELL_SOURCES.flatMap(listed), JSON.stringify(entries));
  return SHELL_URLS.map((url) => ({ url, revision }));
}

/** The worker knows its list and the script its shell must name, and is never hashed: its URL is for ever. */
async function worker(precache, afterwards, entries) {
  if (!existsSync("static/sw/sw.js")) return;
  await esbuild.build({
    ...COMMON,
    entryPoints: ["static/sw/sw.js"],
    outfile: join(OUT, "sw.js"),
    format: "iife",
    define: {
      ...COMMON.define,
      __PRECACHE__: JSON.stringify(precache),
      __AFTERWARDS__: JSON.stringify(afterwards),
      __SHELL_SCRIPT__: JSON.stringify(entries["patrol.js"] ?? ""),
    },
  });
  entries["sw.js"] = "sw.js";
}

/**
 * Packs once what is sent often, swaps the manifest in one step, then clears away what no build speaks of
 * any more.
 */
function publish(manifest, outputs) {
  const packed = [...Object.keys(outputs).map(inDist), "sw.js"].filter((name) => /\.(js|css)$/.test(name));
  for (const name of packed) writeFileSync(join(OUT, `${name}.gz`), gzipSync(readFileSync(join(OUT, name)), { level: 9 }));
  mkdirSync(join(OUT, "icons"), { recursive: true });
  for (const file of listed("static/icons").filter((name) => name.endsWith(".svg"))) {
    writeFileSync(join(OUT, "icons", `${file.split("/").at(-1)}.gz`), gzipSync(readFileSync(file), { level: 9 }));
  }
  writeFileSync(join(OUT, `manifest.${process.pid}`), `${JSON.stringify(manifest, null, 1)}\n`);
  renameSync(join(OUT, `manifest.${process.pid}`), join(OUT, "manifest.json"));
  const keep = new Set([...Object.keys(outputs).map(inDist), "icons", "manifest.json", ".inputs", "sw.js", "sw.js.map"]);
  for (const name of packed) keep.add(`${name}.gz`);
  for (const name of readdirSync(OUT)) {
    if (!keep.has(name.replace(/\.LEGAL\.txt$/, ""))) rmSync(join(OUT, name), { recursive: true });
  }
}

/** One version for the whole product, from pyproject.toml. */
function version() {
  return /^version = "(.+)"$/m.exec(readFileSync("pyproject.toml", "utf8"))?.[1] ?? "0";
}

function listed(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => statSync(file).isFile() && !file.includes("__pycache__"))
    .sort();
}

function digest(files, more = "") {
  const hash = createHash("sha256").update(more);
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function integrity(file) {
  return `sha256-${createHash("sha256").update(readFileSync(file)).digest("base64")}`;
}

function inDist(file) {
  return file.slice(OUT.length + 1);
}
