// What the widget remembers, and where.
//
// localStorage, so that a visitor who comes back tomorrow, or in a second tab, is in the same conversation:
//   conversation   its id
//   visitor        the server's signed proof of who this anonymous visitor is
// sessionStorage, so that it ends with the tab:
//   queue          messages that the server has not acknowledged, with their ids: they survive a reload
//   draft          what stands in the box
//   token, expires the conversation's short-lived token
//   last, open     the last sequence seen; whether the bubble was open
//
// Keys are cut by server, channel and person, so that two employees at one desk never see each other's conversation.
// Storage may be forbidden or full: then everything is kept in memory and the chat works until the page is left.

const lasting = ['conversation', 'visitor'];

export class Store {
  #prefix;
  #memory = {};

  constructor(server, channel, person) {
    this.#prefix = `parley:${server}:${channel}:${person}:`;
  }

  get(name) {
    try {
      const value = this.#area(name).getItem(this.#prefix + name);
      return value === null ? this.#memory[name] : JSON.parse(value);
    } catch {
      return this.#memory[name];
    }
  }

  /** `undefined` forgets. */
  set(name, value) {
    this.#memory[name] = value;
    try {
      if (value === undefined) this.#area(name).removeItem(this.#prefix + name);
      else this.#area(name).setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // Kept in memory.
    }
  }

  /** Leaves the conversation, but stays the same visitor. */
  forgetConversation() {
    for (const name of ['conversation', 'token', 'expires', 'last', 'queue']) this.set(name, undefined);
  }

  /** Calls `changed(id)` when another tab moves to another conversation. Returns a function that stops it. */
  watchConversation(changed) {
    const listener = (event) => {
      if (event.key === this.#prefix + 'conversation') changed(this.get('conversation'));
    };
    addEventListener('storage', listener);
    return () => removeEventListener('storage', listener);
  }

  #area(name) {
    return lasting.includes(name) ? localStorage : sessionStorage;
  }
}

/** Whose token this is: the `sub` of a JWT, or a constant. Only cuts storage keys; the server alone checks tokens. */
export function personOf(token) {
  try {
    const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(atob(payload)).sub ?? 'signed-in';
  } catch {
    return token ? 'signed-in' : 'visitor';
  }
}
