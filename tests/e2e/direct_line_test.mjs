// botframework-directlinejs, unmodified, in Node, against the real binary.

import assert from 'node:assert/strict';

import { Client, ConnectionStatus, generateToken } from './support/direct_line.mjs';
import { startServer, until } from './support/server.mjs';
import { after, before, test } from './support/test.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

async function talk(options = {}, channel = 'helpdesk') {
  const { token } = await generateToken(server, channel);
  return new Client(server, token, { channel, ...options }).connected();
}

/** Every message is there once, and the bot's after what it answers. */
function assertOrderly(activities) {
  const ids = activities.map((a) => a.id).filter(Boolean);
  assert.equal(new Set(ids).size, ids.length, 'an activity came twice');
  const stamps = activities.filter((a) => a.timestamp).map((a) => Date.parse(a.timestamp));
  for (let i = 1; i < stamps.length; ++i) assert.ok(stamps[i] > stamps[i - 1], 'timestamps rise strictly');
  const seen = new Set();
  for (const activity of activities) {
    if (activity.replyToId) assert.ok(seen.has(activity.replyToId), 'a reply names only what was seen before');
    seen.add(activity.id);
  }
}

test('a message is answered, and its echo carries the client\'s own id and the server\'s', async () => {
  const client = await talk();
  const id = await client.send('pick a colour', { channelData: { clientActivityID: 'c-1', 'webchat:sequence-id': 7 } });
  await client.hears('Which colour do you like?');
  const echo = client.activities.find((a) => a.channelData?.clientActivityID === 'c-1');
  assert.equal(echo.id, id);
  assert.equal(echo.from.id, 'e1001', 'who said it is decided by the token, not by the client');
  assert.equal(echo.from.role, 'user');
  assert.equal(echo.channelData['webchat:sequence-id'], undefined, 'the widget\'s own fields are not given back');
  assertOrderly(client.activities);
  client.end();
});

test('suggested actions are offered, and their value is understood', async () => {
  const client = await talk();
  await client.send('pick a colour');
  const question = await client.hears('Which colour do you like?');
  assert.deepEqual(question.suggestedActions.actions.map((a) => a.title), ['Red', 'Green', 'Blue']);
  await client.send(question.suggestedActions.actions[1].value);
  await client.hears('You picked green.');
  client.end();
});

test('the anonymous channel gives each visitor an id of the server\'s making', async () => {
  const client = await talk({}, 'webchat');
  await client.send('show me a card');
  const answer = await client.hears('Here is a card.');
  assert.equal(answer.attachments[0].contentType, 'application/vnd.microsoft.card.hero');
  assert.match(client.activities.find((a) => a.from.role === 'user').from.id, /^dl_/);
  client.end();
});

test('polling brings the same conversation', async () => {
  const client = await talk({ webSocket: false, pollingInterval: 200 });
  await client.send('pick a colour');
  await client.hears('Which colour do you like?');
  await client.send('blue');
  await client.hears('You picked blue.');
  assertOrderly(client.activities);
  client.end();
});

test('two clients of one conversation see the same, in the same order', async () => {
  const { token } = await generateToken(server);
  const first = await new Client(server, token).connected();
  const second = await new Client(server, token, { conversationId: first.line.conversationId }).connected();
  await first.send('pick a colour');
  await second.hears('Which colour do you like?');
  await second.send('red');
  await first.hears('You picked red.');
  await until(() => second.texts('bot').length === first.texts('bot').length, 'both have heard all');
  assert.deepEqual(second.activities.map((a) => a.id), first.activities.map((a) => a.id));
  first.end();
  second.end();
});

for (const [how, end] of [['killed', (s) => s.kill()], ['ended by an operator', (s) => s.terminate()]]) {
  test(`a server that is ${how} in mid-conversation comes back without loss or double`, async () => {
    const client = await talk();
    await client.send('pick a colour');
    await client.hears('Which colour do you like?');
    await end(server);
    await server.start();
    await client.send('green');
    await client.hears('You picked green.');
    await client.send('count one up');
    await client.hears(/The counter stands at \d+\./);
    assertOrderly(client.activities);
    assert.deepEqual(client.texts('user'), ['pick a colour', 'green', 'count one up']);
    assert.ok(!client.statuses.includes(ConnectionStatus.Ended));
    client.end();
  });
}

test('what happened while the client was away is there when it comes back with its watermark', async () => {
  const first = await talk();
  await first.send('pick a colour');
  await first.hears('Which colour do you like?');
  const { conversationId, watermark, token } = { conversationId: first.line.conversationId, watermark: first.line.watermark, token: first.line.token };
  first.end();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const url = `${server.url}/helpdesk/v3/directline/conversations/${conversationId}/activities`;
  const sent = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ type: 'message', from: { id: 'x' }, text: 'blue' }) });
  assert.equal(sent.status, 200);
  const second = await new Client(server, token, { conversationId, watermark }).connected();
  await second.hears('You picked blue.');
  assert.ok(!second.texts('bot').includes('Which colour do you like?'), 'nothing before the watermark is repeated');
  second.end();
});

test('the same client id again is the same activity, also after a kill', async () => {
  const client = await talk();
  const channelData = { clientActivityID: 'twice' };
  const id = await client.send('count one up', { channelData });
  const answer = await client.hears(/The counter stands at \d+\./);
  await server.kill();
  await server.start();
  assert.equal(await client.send('count one up', { channelData }), id);
  await client.send('count one up', { channelData: { clientActivityID: 'another' } });
  const next = Number(/\d+/.exec(answer.text)[0]) + 1;
  await client.hears(`The counter stands at ${next}.`);
  assertOrderly(client.activities);
  client.end();
});
