// A client in another language, written from docs/SYNC.md alone with the official Automerge library.
//
// It enrols, pulls everything, makes a visit with a work row, adds a work row to a visit of others, pushes
// both, checks every signature of the relay on the way, pulls again and prints what came of it as JSON.
// Seeds are read from the page itself. Not here: hand-over, review, live hints, keeping anything on a disk.
//
// node client.js RELAY-URL CODE path/to/SYNC.md

import crypto from 'node:crypto';
import fs from 'node:fs';
import * as Automerge from '@automerge/automerge';
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { decompress } from 'fzstd';

const [relayUrl, code, page] = process.argv.slice(2);

// Basic types.

const sha256 = (...parts) => {
  const hash = crypto.createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const unhex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const uuidText = (bytes) => hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const uuidBytes = (text) => unhex(text.replaceAll('-', ''));
const uuid7 = () => {
  const bytes = new Uint8Array(crypto.randomBytes(16));
  bytes.set(unhex(Date.now().toString(16).padStart(12, '0')));
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes;
};
const canonical = (value) => encode(value, rfc8949EncodeOptions);

// Signatures over objects.

const publicKeyOf = (raw) =>
  crypto.createPublicKey({ key: Buffer.concat([unhex('302a300506032b6570032100'), raw]), format: 'der', type: 'spki' });

const signedBytes = (context, object) => {
  const { signature, ...rest } = object;
  return Buffer.concat([Buffer.from(`${context}\0`), canonical(rest)]);
};

const verify = (context, object, key) => {
  const bytes = signedBytes(context, object);
  if (!crypto.verify(null, bytes, publicKeyOf(key), object.signature)) throw new Error(`${context}: wrong signature`);
  return sha256(bytes);
};

// A device and its key.

const keys = crypto.generateKeyPairSync('ed25519');
const publicKey = new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
const device = uuid7();
const incarnation = uuid7();
const actor = hex(sha256(publicKey).subarray(0, 8)) + crypto.randomBytes(8).toString('hex');

// Signed requests.

async function call(method, path, body, workspace) {
  const bytes = body === undefined ? new Uint8Array() : canonical(body);
  const digest = `sha-256=:${Buffer.from(sha256(bytes)).toString('base64')}:`;
  const components = [['@method', method], ['@path', path], ['content-digest', digest]];
  if (workspace) components.push(['halyard-workspace', uuidText(workspace)]);
  const names = components.map(([name]) => `"${name}"`).join(' ');
  const parameters = `(${names});created=${Math.floor(Date.now() / 1000)};keyid="${uuidText(device)}"`;
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  const signature = crypto.sign(null, Buffer.from(base), keys.privateKey).toString('base64');
  const headers = {
    'halyard-protocol': '1',
    'content-type': 'application/cbor',
    'content-digest': digest,
    'signature-input': `halyard=${parameters}`,
    signature: `halyard=:${signature}:`,
    ...(workspace && { 'halyard-workspace': uuidText(workspace) }),
  };
  const answer = await fetch(relayUrl + path, { method, headers, body: method === 'POST' ? bytes : undefined });
  let content = new Uint8Array(await answer.arrayBuffer());
  if (answer.headers.get('content-encoding') === 'zstd') content = decompress(content);
  const value = decode(content);
  if (!answer.ok) throw new Error(`${path}: ${value.type} ${value.detail ?? ''}`);
  return value;
}

// Pull.

const documents = new Map(); // id -> { kind, generation, doc }
const receipts = [];
let me;
let cursor;

const leb128 = (number) => (number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...leb128(number >>> 7)]);

// The chunk of a change that was made on the one before it in its envelope alone.
function following(before, rest) {
  if (!before) throw new Error('a change that follows none');
  const hashed = Buffer.concat([Buffer.from([1, ...leb128(1 + before.length + rest.length), 1]), before, rest]);
  return new Uint8Array(Buffer.concat([unhex('856f4a83'), sha256(hashed).subarray(0, 4), hashed]));
}

// Puts back what the page leaves out of an entry; `ends` holds the newest envelope of each chain in the page.
function complete(one, ends) {
  let before;
  for (const { envelope } of one.envelopes) {
    before = undefined;
    envelope.changes = envelope.changes.map((change) => {
      const chunk = Array.isArray(change) ? following(before, change[0]) : change;
      before = sha256(chunk.subarray(8));
      return chunk;
    });
    const chain = hex(envelope.device) + hex(envelope.incarnation);
    const end = ends.get(chain);
    if (!envelope.previous && end?.sequence === envelope.sequence - 1) envelope.previous = end.hash;
    ends.set(chain, { sequence: envelope.sequence, hash: hashOf(envelope, hashesOf(envelope)) });
  }
  one.heads ??= [before];
}

const hashesOf = (envelope) => envelope.changes.map((chunk) => sha256(chunk.subarray(8)));
const hashOf = (envelope, hashes) => sha256(signedBytes('halyard/1 envelope', { ...envelope, changes: hashes }));

function take(entry, ends, session) {
  const [[name, one]] = Object.entries(entry);
  const id = one.document && uuidText(one.document);
  if (name === 'snapshot') {
    documents.set(id, { ...one, doc: Automerge.load(one.bytes, { actor }) });
    for (const { envelope, receipt } of one.envelopes ?? []) checked(envelope, envelope.changes, receipt, session);
  } else if (name === 'changes') {
    complete(one, ends);
    const chunks = one.envelopes.flatMap(({ envelope }) => envelope.changes);
    const before = documents.get(id)?.doc ?? Automerge.init({ actor });
    const [doc] = Automerge.applyChanges(before, chunks);
    documents.set(id, { ...one, doc });
    for (const { envelope, receipt } of one.envelopes) {
      checked(envelope, hashesOf(envelope), receipt, session);
    }
  } else if (name === 'gone') {
    documents.delete(id);
  }
  if (one.heads && documents.has(id)) {
    const heads = Automerge.getHeads(documents.get(id).doc);
    if (!one.heads.every((head) => heads.includes(hex(head)))) throw new Error(`${id}: other heads than the relay's`);
  }
}

// A stamp is verified with what the envelope beside it says.
function checked(envelope, hashes, stamp, session) {
  const envelopeHash = hashOf(envelope, hashes);
  verify('halyard/1 receipt', { ...stamp, workspace: envelope.workspace, envelope: envelopeHash }, session.relay);
}

async function pull(session) {
  for (let complete = false; !complete; ) {
    const answer = await call('POST', '/v1/sync/pull', cursor ? { cursor } : {}, session.workspace);
    const ends = new Map();
    for (const entry of answer.entries) take(entry, ends, session);
    me = { ...answer.me, schema: answer.me.schema ?? me?.schema };
    ({ cursor, complete } = answer);
  }
}

// Writing a record with Automerge.

function seedOf(kind) {
  const text = fs.readFileSync(page, 'utf8').split('<!-- codegen: seeds -->')[1];
  const found = text.match(new RegExp(`kind ${kind} · schema version 1 ·.*\\nactor (.*)\\nhash  (.*)\\nbytes (.*)\\n`));
  const chunk = unhex(found[3]);
  if (hex(sha256(chunk.subarray(8))) !== found[2]) throw new Error(`the seed of ${kind} is not its hash`);
  return chunk;
}

const text = (value) => new Automerge.ImmutableString(value);
const now = () => new Date().toISOString().replace(/\.\d+Z$/, '+00:00');

const addWork = (record, employee, note, hours) => {
  record.works[uuidText(uuid7())] = { by: text(employee), at: text(now()), note: text(note), hours: text(hours) };
};

function changed(record, edit) {
  record.doc = Automerge.change(record.doc, { time: Math.floor(Date.now() / 1000) }, edit);
  const chunk = Automerge.getLastLocalChange(record.doc);
  if (chunk[8] !== 1) throw new Error('a plain change was expected');
  return chunk;
}

// Envelopes and push.

const chain = { sequence: 0, previous: undefined };

function seal(session, document, kind, chunks) {
  const envelope = {
    v: 1,
    workspace: session.workspace,
    document,
    generation: 0,
    kind,
    employee: session.employee,
    device,
    incarnation,
    sequence: (chain.sequence += 1),
    ...(chain.previous && { previous: chain.previous }),
    time: Date.now(),
  };
  const header = { ...envelope, changes: chunks.map((chunk) => sha256(chunk.subarray(8))) };
  const bytes = signedBytes('halyard/1 envelope', header);
  chain.previous = sha256(bytes);
  return { ...envelope, changes: chunks, signature: new Uint8Array(crypto.sign(null, bytes, keys.privateKey)) };
}

async function push(session, envelopes) {
  const answer = await call('POST', '/v1/sync/push', { envelopes }, session.workspace);
  for (const receipt of answer.receipts) {
    verify('halyard/1 receipt', receipt, session.relay);
    receipts.push({ outcome: receipt.outcome, reason: receipt.reason?.code, path: receipt.path });
  }
  if (hex(answer.chain.hash) !== hex(chain.previous)) throw new Error('the relay holds another end of the chain');
}

// What it does.

const session = await call('POST', '/v1/enrol', { code, device, key: publicKey, name: 'foreign client' });
const certificate = session.certificate;
verify('halyard/1 certificate', certificate, session.relay);
await pull(session);
if (me.schema.visit < 1) throw new Error('the relay does not know visits');

const employee = uuidText(session.employee);
const [othersId, others] = [...documents].find(([, one]) => one.kind === 'visit');
const card = others.doc.card.toString();

const madeId = uuid7();
const [born] = Automerge.applyChanges(Automerge.init({ actor }), [seedOf('visit')]);
documents.set(uuidText(madeId), { kind: 'visit', doc: born });
const made = changed(documents.get(uuidText(madeId)), (record) => {
  record.author = text(employee);
  record.card = text(card);
  record.specialists = text(JSON.stringify([employee]));
  addWork(record, employee, 'Промито фільтр', '1.5');
});
const added = changed(others, (record) => addWork(record, employee, 'Замінено насос', '2'));
await push(session, [
  seal(session, madeId, 'visit', [seedOf('visit'), made]),
  seal(session, uuidBytes(othersId), 'visit', [added]),
]);
await pull(session);

const mine = documents.get(uuidText(madeId));
console.log(
  JSON.stringify({
    receipts,
    made: uuidText(madeId),
    number: mine.doc.number?.toString(),
    added_to: othersId,
    notes: Object.values(documents.get(othersId).doc.works).map((row) => row.note.toString()),
    documents: documents.size,
  }),
);
