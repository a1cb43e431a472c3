// One lasting link to the server over changing WebSockets: it connects, notices a dead line, and comes back.
//
// A browser learns of a lost network only when it writes, and often minutes late. So the link pings when it has heard
// nothing for a while and drops the socket when no answer comes. It comes back after a random wait that grows
// (1 to 2 s, 1 to 4 s ... 1 to 15 s), so that a restarted server does not meet all its clients in the same second; and at
// once when the browser says that the network is back or the page is looked at again.

const kQuiet = 25_000; // ms without a frame from the server before a ping
const kAnswer = 10_000; // ms in which the server must say anything after a hello or a ping
const kStable = 10_000; // ms after which a connection counts as good, and the waits start small again
const kLongestWait = 15_000; // ms

export class Link {
  #url;
  #on;
  #socket;
  #turn = 0; // counts attempts, so that what belongs to an old one is ignored
  #failures = 0;
  #again;
  #quiet;
  #deadline;
  #since = 0;
  #stopped = true;
  #wake = () => this.wake();

  /**
   * `on.hello()` gives (a promise of) the first frame; rejecting counts as a failed attempt. `on.frame(object)` gets every
   * frame but pongs. `on.lost(code)` says what now: the shortest wait in ms, or false to stay away.
   */
  constructor(url, on) {
    this.#url = url;
    this.#on = on;
  }

  start() {
    this.stop();
    this.#stopped = false;
    this.#failures = 0;
    for (const event of ['online', 'pageshow']) addEventListener(event, this.#wake);
    addEventListener('offline', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    for (const event of ['online', 'pageshow', 'offline']) removeEventListener(event, this.#wake);
    document.removeEventListener('visibilitychange', this.#wake);
    this.#abandon();
  }

  /** False when the frame could not be sent: it is the caller's to send again after the next welcome. */
  send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Gives up the socket and connects again. */
  drop() {
    this.#lost(1006);
  }

  /** Something changed: try now if waiting, else make sure that the line still lives. */
  wake() {
    if (this.#stopped || document.visibilityState === 'hidden') return;
    if (!this.#socket && this.#again) this.#connect();
    else if (this.#socket?.readyState === WebSocket.OPEN) this.#ping();
  }

  async #connect() {
    this.#abandon();
    const turn = this.#turn;
    this.#expectAnswer();
    let hello;
    try {
      hello = await this.#on.hello();
    } catch {
      if (turn === this.#turn) this.#lost(1006);
      return;
    }
    if (turn !== this.#turn) return;
    const socket = new WebSocket(this.#url, 'parley.v1');
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(hello));
    socket.onmessage = (event) => this.#heard(event.data);
    socket.onclose = (event) => this.#lost(event.code);
  }

  #heard(data) {
    clearTimeout(this.#deadline);
    clearTimeout(this.#quiet);
    this.#since ||= Date.now();
    this.#quiet = setTimeout(() => this.#ping(), kQuiet);
    const frame = JSON.parse(data);
    if (frame.type !== 'pong') this.#on.frame(frame);
  }

  #ping() {
    if (this.send({type: 'ping'})) this.#expectAnswer();
  }

  #expectAnswer() {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.drop(), kAnswer);
  }

  #lost(code) {
    if (this.#stopped) return;
    if (this.#since && Date.now() - this.#since > kStable) this.#failures = 0;
    this.#abandon();
    const shortest = this.#on.lost(code);
    if (shortest === false) return this.stop();
    if (this.#stopped || this.#again || this.#socket) return;
    const longest = Math.min(kLongestWait, 2000 * 2 ** this.#failures++);
    this.#again = setTimeout(() => this.#connect(), Math.max(shortest, 1000) + Math.random() * (longest - 1000));
  }

  #abandon() {
    this.#turn++;
    this.#since = 0;
    for (const timer of [this.#again, this.#quiet, this.#deadline]) clearTimeout(timer);
    this.#again = undefined;
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = undefined;
  }
}
