// Stands between a client and the server, passes HTTP and WebSockets on as they are, and refuses upgrades when told to: what
// a load balancer without a free backend does.
//
//   const gate = await openGate(server);
//   gate.refusals = 2;      // of the next upgrades, with 503
//   gate.cut();             // drops all WebSockets

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

export async function openGate(server) {
  const sockets = new Set();
  const gate = { refusals: 0, refused: 0 };
  const proxy = createServer((incoming, outgoing) => {
    const onward = request({ port: server.port, host: '127.0.0.1', method: incoming.method, path: incoming.url,
      headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  proxy.on('upgrade', (incoming, client, head) => {
    if (gate.refusals > 0) {
      gate.refusals -= 1;
      gate.refused += 1;
      client.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const onward = connect(server.port, '127.0.0.1', () => {
      const lines = incoming.rawHeaders.reduce((text, value, i) => text + value + (i % 2 ? '\r\n' : ': '), '');
      onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines}\r\n`);
      onward.write(head);
      client.pipe(onward).pipe(client);
    });
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => { sockets.delete(socket); client.destroy(); onward.destroy(); });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  gate.url = `http://127.0.0.1:${proxy.address().port}`;
  gate.cut = () => sockets.forEach((socket) => socket.destroy());
  gate.close = () => new Promise((closed) => { gate.cut(); proxy.closeAllConnections(); proxy.close(closed); });
  return gate;
}
