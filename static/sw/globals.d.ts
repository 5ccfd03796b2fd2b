/** What build.mjs writes into the worker. */
declare const __PRECACHE__: { url: string; revision: string | null; integrity?: string }[];
declare const __AFTERWARDS__: { url: string, integrity: string }[];
declare const __SHELL_SCRIPT__: string;
