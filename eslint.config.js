/** What ESLint holds the browser's side to. */
import js from "@eslint/js";
import globals from "globals";

const FORBIDDEN = [
  { name: "localStorage", message: "What must last lives in IndexedDB, written strictly." },
  { name: "document", message: "Only patrol/ and review/ touch the page." },
  { name: "window", message: "Only patrol/ and review/ touch the page." },
];

export default [
  { ignores: ["static/dist/", "node_modules/", ".venv/"] },
  js.configs.recommended,
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: { ...globals.browser, __VERSION__: "readonly" } },
  },
  {
    files: ["static/js/{store,sync,crypto}/**/*.js"],
    rules: { "no-restricted-globals": ["error", ...FORBIDDEN] },
  },
  {
    files: ["static/sw/**/*.js"],
    languageOptions: {
      globals: { ...globals.serviceworker, __PRECACHE__: "readonly", __AFTERWARDS__: "readonly", __SHELL_SCRIPT__: "readonly", __VERSION__: "readonly" },
    },
  },
  { files: ["build.mjs", "eslint.config.js", "tests/**/*.{js,mjs}"], languageOptions: { globals: { ...globals.browser, ...globals.nodeBuiltin } } },
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-constant-condition": ["error", { checkLoops: false }],
      "max-lines": ["warn", 300],
    },
  },
];
