/** Thin for now: starts the sender and tells how it goes. */
export const state = { sending: false, lastContact: null, lastError: null, paused: false };
export function start({ onState } = {}) { onState?.(state); }
export async function sendNow() { return state; }
