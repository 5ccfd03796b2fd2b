/** What ESLint holds the browser's side to. */
import js from "@eslint/js";
import globals from "globals";

const FORBIDDEN = [
  { name: "eval", message: "The content security policy forbids it." },
  { name: "localStorage", message: "Records and settings live in store/, which is durable." },
];

export default [
  { ignores: ["static/dist/", "node_modules/", ".venv/"] },
  js.configs.recommended,
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: { "no-restricted-globals": ["error", ...FORBIDDEN] },
  },
  {
    files: ["static/js/{store,sync,crypto}/**/*.js"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...FORBIDDEN,
        ...["document", "window"].map((name) => ({ name, message: "Only patrol/ and review/ touch the page." })),
      ],
    },
  },
  {
    files: ["static/sw/**/*.js"],
    languageOptions: { globals: { ...globals.serviceworker, __PRECACHE__: "readonly", __SHELL_SCRIPT__: "readonly" } },
  },
  { files: ["build.mjs", "eslint.config.js", "tests/**/*.{js,mjs}"], languageOptions: { globals: globals.nodeBuiltin } },
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
