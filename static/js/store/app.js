/**
 * The app's version, as stores, `open` entries and the page show it; the build writes it in.
 */
export const APP = typeof __VERSION__ === "undefined" ? "dev" : __VERSION__;
