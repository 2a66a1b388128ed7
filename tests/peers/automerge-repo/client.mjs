// The peer's side of the device: a Repo with file storage that asks for every document and is done when
// each has the expected heads here and, as far as the server has said, there.
//
// node client.mjs STORAGE LIST URL
//
// Says "ready", waits for a line, works, says what it measured, and waits for the end of its input so that
// it can be looked at while it still runs.

import { once } from "node:events";
import { createInterface } from "node:readline";
import { Repo } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { expected } from "./documents.mjs";

/** As many documents as a screen shows. */
const SCREEN = 50;

const [storage, list, url] = process.argv.slice(2);
const documents = await expected(list);
const lines = createInterface({ input: process.stdin });
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

say({ ready: true });
await once(lines, "line");
const started = performance.now();

const network = new WebSocketClientAdapter(url);
let requests = 0;
const send = network.send.bind(network);
network.send = (message) => {
  requests += 1;
  send(message);
};
const repo = new Repo({ storage: new NodeFSStorageAdapter(storage), network: [network], peerId: "device" });
await new Promise((resolve) => repo.networkSubsystem.once("peer", resolve));
const office = repo.getStorageIdOfPeer("office");

let shown = 0;
let firstScreen = 0;
await Promise.all(documents.map(inStep));
const wall = performance.now() - started;
await repo.flush();
say({ wall_ms: wall, first_screen_ms: firstScreen, requests, documents: documents.length });
lines.on("close", () => process.exit(0));

async function inStep({ url, heads }) {
  const handle = await repo.find(url);
  shown += 1;
  if (shown === Math.min(SCREEN, documents.length)) {
    firstScreen = performance.now() - started;
  }
  const here = () => handle.heads().toSorted().join();
  const there = () => handle.getSyncInfo(office)?.lastHeads.toSorted().join();
  await settled(handle, () => here() === heads && there() === heads);
}

/** Waits until the condition holds, looking again whenever the document or the server's word changes. */
function settled(handle, condition) {
  return new Promise((resolve) => {
    const look = () => {
      if (condition()) {
        handle.off("heads-changed", look);
        handle.off("remote-heads", look);
        resolve();
      }
    };
    handle.on("heads-changed", look);
    handle.on("remote-heads", look);
    look();
  });
}
