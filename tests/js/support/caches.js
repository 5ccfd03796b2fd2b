/** As much of a CacheStorage as our code needs: a cache is a map from path to answer. */

export function cacheStorage() {
  const all = new Map();
  const path = (asked) => new URL(asked.url ?? asked, "http://localhost").pathname;
  const cache = (held) => ({
    keys: async () => [...held.keys()].map((name) => ({ url: `http://localhost${name}` })),
    match: async (asked) => held.get(path(asked))?.clone(),
    put: async (asked, answer) => void held.set(path(asked), answer),
    delete: async (asked) => held.delete(path(asked)),
  });
  return {
    all,
    delete: async (name) => all.delete(name),
    async open(name) {
      if (!all.has(name)) all.set(name, new Map());
      return cache(all.get(name));
    },
  };
}
