/** The app's version, as stores and `open` entries see it. */
export const APP = "0.1.0";
