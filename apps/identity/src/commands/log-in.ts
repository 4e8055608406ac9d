import { Inject, Injectable } from '@nestjs/common';
import { Database, LOGGER, type Logger, SETTINGS } from '#platform';
import { passwordFits } from '../provider/passwords.js';
import { demoAccountsOn, type IdentitySettings } from '../settings.js';
import { forgetTries, takeTry } from '../store/login-tries.js';
import { findPerson } from '../store/people.js';

export type LogInResult =
  { outcome: 'accepted'; username: string } | { outcome: 'refused' } | { outcome: 'wait'; seconds: number };

/** A username as it may be kept; anything else belongs to nobody. */
const USERNAME = /^[^\s\p{C}]{1,120}$/u;

@Injectable()
export class LogIn {
  constructor(
    private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: IdentitySettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Unknown login and wrong password are told apart by neither the answer nor the time it takes. */
  async run(username: string, password: string, address: string): Promise<LogInResult> {
    const seconds = await takeTry(this.db, username, address);
    if (seconds > 0) {
      this.logger.warn({ address, seconds }, 'too many tries to log in');
      return { outcome: 'wait', seconds };
    }
    const person = USERNAME.test(username)
      ? await findPerson(this.db, username, demoAccountsOn(this.settings))
      : undefined;
    const fits = password.length <= 200 && (await passwordFits(password, person?.password_hash));
    if (!person || !fits) return { outcome: 'refused' };
    await forgetTries(this.db, username, address);
    return { outcome: 'accepted', username: person.username };
  }
}
