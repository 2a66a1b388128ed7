// The documents both systems are measured on, as the benchmark wrote them: `list.json` names each with the
// heads it shall have when all is in step, newest visits first, and a folder holds Automerge files.

import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { encodeHeads, interpretAsDocumentId } from "@automerge/automerge-repo";

/** The identifier automerge-repo gives the same 16 bytes. */
export function documentId(hex) {
  return interpretAsDocumentId(Uint8Array.from(Buffer.from(hex, "hex")));
}

/** Every document: its URL and its final heads, sorted. */
export async function expected(path) {
  const list = JSON.parse(await readFile(path, "utf8"));
  return list.map(({ id, heads }) => ({
    documentId: documentId(id),
    url: `automerge:${documentId(id)}`,
    heads: encodeHeads(heads).toSorted().join(),
  }));
}

/** Puts every file of a folder into a file storage in the place of what it had of those documents. */
export async function store(adapter, folder) {
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    const id = documentId(name.replace(".automerge", ""));
    await adapter.removeRange([id, "snapshot"]);
    await adapter.removeRange([id, "incremental"]);
    const key = createHash("sha256").update(bytes).digest("hex");
    await adapter.save([id, "snapshot", key], new Uint8Array(bytes));
  }
}
