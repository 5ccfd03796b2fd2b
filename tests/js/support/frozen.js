/**
 * A whole database as JSON, and back: its version, stores, keys, indexes and rows, by IndexedDB itself and
 * without the app's code, so that a copy made by one release can be opened by any later one.
 */

/** @param {string} name @returns {Promise<object>} */
export async function freeze(name) {
  const idb = await opened(name);
  const names = [...idb.objectStoreNames];
  const stores = [];
  const transaction = idb.transaction(names);
  for (const each of names) stores.push(await frozenStore(transaction.objectStore(each)));
  const { version } = idb;
  idb.close();
  return { name, version, stores };
}

/** @param {any} frozen @param {string} [name] another name than it had */
export async function thaw({ version, stores, ...frozen }, name = frozen.name) {
  const idb = await opened(name, version, (fresh) => stores.forEach((store) => makeStore(fresh, store)));
  const transaction = idb.transaction(stores.map((store) => store.name), "readwrite");
  for (const store of stores) {
    for (const row of store.rows) transaction.objectStore(store.name).put(revived(row));
  }
  await new Promise((resolve, reject) => Object.assign(transaction, { oncomplete: resolve, onabort: reject }));
  idb.close();
}

async function frozenStore(store) {
  const { name, keyPath, autoIncrement } = store;
  const indexes = [...store.indexNames].map((each) => {
    const index = store.index(each);
    return { name: each, keyPath: index.keyPath, unique: index.unique, multiEntry: index.multiEntry };
  });
  return { name, keyPath, autoIncrement, indexes, rows: (await answered(store.getAll())).map(plain) };
}

function makeStore(idb, { name, keyPath, autoIncrement, indexes }) {
  const store = idb.createObjectStore(name, { keyPath, autoIncrement });
  for (const { name: each, keyPath: path, ...options } of indexes) store.createIndex(each, path, options);
}

function opened(name, version, upgrade) {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade?.(request.result);
  return answered(request);
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Bytes are all that JSON can't say of what a phone keeps. */
function plain(value) {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  return mapped(value, plain);
}

function revived(value) {
  if (value?.$bytes !== undefined) return new Uint8Array(Buffer.from(value.$bytes, "base64"));
  return mapped(value, revived);
}

function mapped(value, change) {
  if (Array.isArray(value)) return value.map(change);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]));
}
