// Puts prepared documents into a file storage of automerge-repo, outside of what is measured.
//
// node store.mjs STORAGE FOLDER

import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { store } from "./documents.mjs";

const [storage, folder] = process.argv.slice(2);
await store(new NodeFSStorageAdapter(storage), folder);
process.stdout.write(`${JSON.stringify({ stored: true })}\n`);
