// Serves one test page and files beside it on a port of its own: an origin that is not the bot server's.

import { createServer } from 'node:http';
import { once } from 'node:events';

/** `files`: path -> {type, body, headers}. Gives {url, close}. */
export async function servePages(files) {
  const server = createServer((request, response) => {
    const file = files[new URL(request.url, 'http://x').pathname];
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': file.type, ...file.headers }).end(file.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }),
  };
}
