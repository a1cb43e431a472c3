// One lasting line over changing WebSockets: README.md says why it pings and waits.

// In milliseconds.
const kQuiet = 25_000; // without a frame before a ping
const kAnswer = 10_000; // for any answer to a hello or a ping
const kStable = 10_000; // connected, then the waits start small
const kShortest = 1000; // wait before coming back
const kLongest = 15_000;
const wakers = ['online', 'offline', 'visibilitychange'];

export class Link {
  #url;
  #on;
  #socket;
  #turn = 0; // what belongs to an older one is ignored
  #failures = 0;
  #since = 0;
  #again;
  #quiet;
  #deadline;
  #wake = () => this.#lookAgain();

  /** on.hello() promises the first frame; on.lost(code) gives the least ms to stay away, or false. */
  constructor(url, on) {
    this.#url = url;
    this.#on = on;
  }

  start() {
    for (const event of wakers) addEventListener(event, this.#wake, true);
    this.#connect();
  }

  stop() {
    for (const event of wakers) removeEventListener(event, this.#wake, true);
    this.#abandon();
  }

  /** False if it could not be sent. */
  send(frame) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Gives up the socket and comes back with another. */
  drop(code = 1006) {
    if (this.#since && Date.now() - this.#since > kStable) this.#failures = 0;
    this.#abandon();
    const turn = this.#turn;
    const wait = this.#on.lost(code);
    if (wait === false) return this.stop();
    if (turn !== this.#turn) return;
    const longest = Math.min(kLongest, 2 * kShortest * 2 ** this.#failures++);
    this.#again = setTimeout(
      () => this.#connect(),
      Math.max(wait, kShortest) + Math.random() * (longest - kShortest),
    );
  }

  #lookAgain() {
    if (document.visibilityState === 'hidden') return;
    if (this.#again) this.#connect();
    else this.#ping();
  }

  async #connect() {
    this.#abandon();
    const turn = this.#turn;
    this.#expectAnswer();
    const hello = await this.#on.hello().catch(() => undefined);
    if (turn !== this.#turn) return;
    if (!hello) return this.drop();
    const socket = (this.#socket = new WebSocket(this.#url, 'parley.v1'));
    socket.onopen = () => this.send(hello);
    socket.onmessage = (event) => this.#heard(JSON.parse(event.data));
    socket.onclose = (event) => this.drop(event.code);
  }

  #heard(frame) {
    this.#since ||= Date.now();
    clearTimeout(this.#deadline);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#ping(), kQuiet);
    if (frame.type !== 'pong') this.#on.frame(frame);
  }

  #ping() {
    if (this.send({type: 'ping'})) this.#expectAnswer();
  }

  #expectAnswer() {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.drop(), kAnswer);
  }

  #abandon() {
    this.#turn++;
    this.#since = 0;
    for (const timer of [this.#again, this.#quiet, this.#deadline]) clearTimeout(timer);
    this.#again = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
