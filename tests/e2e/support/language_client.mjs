// A language client as editors have one: the protocol's own library on the streams of the real binary.
//
//   const client = await LanguageClient.start();
//   const file = client.open('/path/flows/a.yaml', text);
//   await client.diagnostics(file, (list) => list.length === 1);
//   await client.stop();                 // shutdown, exit; gives the exit code

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import {
  createProtocolConnection, DidChangeTextDocumentNotification, DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, ExitNotification, InitializedNotification,
  InitializeRequest, PublishDiagnosticsNotification, RegistrationRequest, ShutdownRequest, StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

import { root, until } from './server.mjs';

const binary = process.env.PARLEY_BINARY ?? join(root, 'build/release/parley');

export class LanguageClient {
  #process = spawn(binary, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  #published = new Map();
  #versions = new Map();
  registrations = [];

  static async start(capabilities = {}) {
    const client = new LanguageClient();
    await client.#initialize(capabilities);
    return client;
  }

  async #initialize(capabilities) {
    const { stdin, stdout } = this.#process;
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.#published.set(uri, diagnostics);
    });
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registrations.push(...registrations);
    });
    this.connection.listen();
    const answer = await this.request(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities });
    this.capabilities = answer.capabilities;
    this.tell(InitializedNotification.type, {});
  }

  request(type, params) { return this.connection.sendRequest(type, params); }
  tell(type, params) { return this.connection.sendNotification(type, params); }

  open(path, text) {
    const uri = pathToFileURL(path).href;
    this.#versions.set(uri, 1);
    this.tell(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return uri;
  }

  /** The whole text, or changes of ranges. */
  change(uri, changes) {
    const version = this.#versions.get(uri) + 1;
    this.#versions.set(uri, version);
    const contentChanges = typeof changes === 'string' ? [{ text: changes }] : changes;
    this.tell(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
  }

  close(uri) { this.tell(DidCloseTextDocumentNotification.type, { textDocument: { uri } }); }

  fileChanged(path) {
    const changes = [{ uri: pathToFileURL(path).href, type: 2 }];
    this.tell(DidChangeWatchedFilesNotification.type, { changes });
  }

  /** Waits until what is published of a file is as wanted; gives it. */
  diagnostics(uri, wanted) {
    const published = () => this.#published.get(uri);
    return until(() => published() && wanted(published()) && published(), `wanted diagnostics of ${uri}`)
      .catch((error) => { throw new Error(`${error.message}; published: ${JSON.stringify(published())}`); });
  }

  /** Whether anything was published of a file. */
  hasDiagnostics(uri) { return this.#published.has(uri); }

  async stop() {
    const ended = once(this.#process, 'exit');
    await this.request(ShutdownRequest.type);
    this.tell(ExitNotification.type);
    const [code] = await ended;
    this.connection.dispose();
    return code;
  }
}

/** The position of a needle in a text, `offset` UTF-16 code units into it. */
export function positionOf(text, needle, offset = 0) {
  const at = text.indexOf(needle);
  if (at < 0) throw new Error(`'${needle}' is not in the text`);
  const before = text.slice(0, at + offset).split('\n');
  return { line: before.length - 1, character: before.at(-1).length };
}
