// What is remembered, by server, channel and person, and for how long: see README.md.

export class Store {
  #prefix;
  #memory = {};

  constructor(server, channel, person) {
    this.#prefix = `parley:${server}:${channel}:${person}:`;
  }

  get(name) {
    try {
      return JSON.parse(area(name).getItem(this.#prefix + name)) ?? this.#memory[name];
    } catch {
      return this.#memory[name];
    }
  }

  /** `undefined` forgets. */
  set(name, value) {
    this.#memory[name] = value;
    try {
      if (value === undefined) area(name).removeItem(this.#prefix + name);
      else area(name).setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // It stays in memory.
    }
  }

  isKeyOf(event, name) {
    return event.key === this.#prefix + name;
  }
}

const area = (name) => (/^(conversation|visitor)$/.test(name) ? localStorage : sessionStorage);

/** Whose token this is, for the keys only; the server alone checks tokens. */
export function personOf(token) {
  if (!token) return 'visitor';
  try {
    return JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).sub;
  } catch {
    return 'signed-in';
  }
}
