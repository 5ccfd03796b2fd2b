/** As much of the origin's own folder as the ballast needs, on a disk of which one can say how much is left. */

class Handle {
  constructor(folder, name) {
    Object.assign(this, { folder, name });
  }

  async createWritable() {
    const parts = [];
    const write = async (bytes) => {
      if (this.folder.room < bytes.length) throw new DOMException("", "QuotaExceededError");
      this.folder.room -= bytes.length;
      parts.push(bytes.length);
    };
    const close = async () => void this.folder.files.set(this.name, parts.reduce((sum, one) => sum + one, 0));
    return { write, close };
  }

  async getFile() {
    return { size: this.folder.files.get(this.name) };
  }
}

export class Folder {
  files = new Map();
  room = Infinity;

  async getFileHandle(name, { create = false } = {}) {
    if (!this.files.has(name) && !create) throw new DOMException("", "NotFoundError");
    if (!this.files.has(name)) this.files.set(name, 0);
    return new Handle(this, name);
  }

  async removeEntry(name) {
    if (!this.files.has(name)) throw new DOMException("", "NotFoundError");
    this.room += this.files.get(name);
    this.files.delete(name);
  }
}

/** Gives this process such a folder, empty. @returns {Folder} */
export function newFolder() {
  const folder = new Folder();
  globalThis.FileSystemFileHandle = Handle;
  const storage = { getDirectory: async () => folder };
  Object.defineProperty(globalThis, "navigator", { value: { storage }, configurable: true });
  return folder;
}
