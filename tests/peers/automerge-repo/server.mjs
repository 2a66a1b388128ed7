// The peer's side of the office: a Repo with file storage behind a WebSocket, as automerge-repo's own sync
// server is set up (it announces nothing by itself; clients ask for what they want).
//
// node server.mjs STORAGE

import { createServer } from "node:http";
import { Repo } from "@automerge/automerge-repo";
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { WebSocketServer } from "ws";

const [storage] = process.argv.slice(2);
const http = createServer();
const sockets = new WebSocketServer({ server: http });

const repo = new Repo({
  storage: new NodeFSStorageAdapter(storage),
  network: [new WebSocketServerAdapter(sockets)],
  peerId: "office",
  sharePolicy: async () => false,
});

http.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ ready: { port: http.address().port } })}\n`);
});

// Told to end: what is still to be saved is saved, for the next start.
process.stdin.on("end", () => repo.flush().then(() => process.exit(0)));
process.stdin.resume();
