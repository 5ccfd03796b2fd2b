/**
 * Opens what the app has sealed in the phone's storage, by the PIN that the harness knows and with code of its own:
 * no code under test vouches for itself. docs/decisions/9-sealing.md says how it lies.
 */
(() => {
  if (globalThis.unsealed) return;
  const ID = 8;
  const HEAD = 1 + ID + 12; // version, the key's id, IV
  /** What names a row, and the one field of bytes, where it is that which is sealed. */
  const TABLES = {
    entries: { key: ({ log, seq }) => [log, seq], raw: "payload" },
    photoBytes: { key: ({ sha256 }) => sha256, raw: "bytes" },
    records: { key: ({ rid }) => rid },
    drafts: { key: ({ name }) => name },
  };
  const utf8 = (text) => new TextEncoder().encode(text);
  const gcm = (iv, bound) => ({ name: "AES-GCM", iv, additionalData: utf8(bound) });
  const known = new Map();

  /** A row as it was before it was sealed, or as it lies, if it can't be opened. `keys` gives the rows that hold the keys. */
  globalThis.unsealed = async (table, row, keys) => {
    const { sealed, ...rest } = row;
    if (!ArrayBuffer.isView(sealed)) return row;
    const { key, raw } = TABLES[table];
    const id = Array.from(sealed.subarray(1, 1 + ID), (byte) => byte.toString(16).padStart(2, "0")).join("");
    try {
      // The key on its way, not the key: a thousand rows asked for at once are one derivation by the PIN.
      if (!known.has(id)) known.set(id, keys().then((rows) => dataKey(id, rows)));
      const how = gcm(sealed.subarray(1 + ID, HEAD), `fieldlog-sealed/1 ${table} ${JSON.stringify(key(row))}`);
      const bytes = new Uint8Array(await crypto.subtle.decrypt(how, await known.get(id), sealed.subarray(HEAD)));
      return { ...rest, ...(raw ? { [raw]: bytes } : JSON.parse(new TextDecoder().decode(bytes))) };
    } catch {
      known.delete(id);
      return row;
    }
  };

  /** The key of that id, as the PIN gives it. */
  async function dataKey(id, rows) {
    const { wraps } = rows.find((row) => row.id === id);
    const [[account, { salt, rounds, iv, box }]] = Object.entries(wraps);
    const pin = await crypto.subtle.importKey("raw", utf8(globalThis.PIN), "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
    const wrapping = await crypto.subtle.deriveKey(how, pin, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const raw = await crypto.subtle.decrypt(gcm(iv, `fieldlog-wrap/1 ${id} ${account}`), wrapping, box);
    return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  }
})();
