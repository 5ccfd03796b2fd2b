/** What build.mjs writes into the bundles. */
declare const __VERSION__: string;
