import {
  Api,
  type Answer,
  type Caller,
  type CallOptions,
  eventually,
  expectStatus,
  type Json,
} from './api.js';
import { PersonLogin, SystemLogin } from './logins.js';
import type { Narrator } from './narrator.js';

/** The running system as a story sees it: logins, calls that are told, the clock. */
export class World {
  readonly api: Api;
  readonly #logins = new Map<string, Caller>();

  constructor(
    readonly base: string,
    readonly tell: Narrator,
  ) {
    this.api = new Api(base);
  }

  system(unit: string): Caller {
    return this.#login(`system.${unit}`, () => new SystemLogin(this.base, unit));
  }

  person(username: string): Caller {
    return this.#login(username, () => new PersonLogin(this.base, username));
  }

  #login(name: string, make: () => Caller): Caller {
    let login = this.#logins.get(name);
    if (!login) this.#logins.set(name, (login = make()));
    return login;
  }

  get(caller: Caller | undefined, path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.api.call(caller, 'GET', path, { headers });
  }

  /** A call that the story expects to succeed, or to be refused with `status`. */
  async post(
    caller: Caller,
    path: string,
    body: unknown,
    status: number,
    options: CallOptions = {},
  ): Promise<Answer> {
    const answer = await this.api.call(caller, 'POST', path, { ...options, body });
    this.tell.act(caller.name, `POST ${path} → ${answer.status}`);
    return expectStatus(answer, status, `POST ${path} by ${caller.name}`);
  }

  async moveClock(to: string): Promise<void> {
    await eventually('the development clock', async () => {
      const answer = await this.api.call(this.person('operator'), 'PUT', '/api/development/clock', {
        body: { now: to },
      });
      return expectStatus(answer, 200, 'move the clock (npm start sets CHENGXIN_CLOCK_FILE)');
    });
    this.tell.saw(`the clock of all services is at ${to}`);
  }

  async read(caller: Caller | undefined, path: string, headers?: Record<string, string>): Promise<Json> {
    return expectStatus(await this.get(caller, path, headers), 200, `GET ${path}`).body;
  }

  /** All pages of a list. */
  async readAll(caller: Caller, path: string): Promise<Json[]> {
    const items: Json[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.read(
        caller,
        `${path}${path.includes('?') ? '&' : '?'}limit=200${after ? `&after=${after}` : ''}`,
      );
      items.push(...page.items);
      if (!page.next) return items;
      after = page.next;
    }
  }
}
