import { createHmac, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { checkCreditCode } from '#kernel';
import { Database, SETTINGS } from '#platform';
import { DEMO_PASSWORD } from '../domain/demo-accounts.js';
import { DEMO_COST, hashPassword } from '../provider/passwords.js';
import { identityRefusals } from '../refusals.js';
import { demoAccountsOn, type IdentitySettings, issuesTokens } from '../settings.js';
import { savePartyLogin } from '../store/people.js';
import { endSessions } from '../store/provider-records.js';

export interface PartyLogin {
  username: string;
  password: string;
}

@Injectable()
export class MakePartyLogin {
  constructor(
    private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /**
   * Makes the login of a party, or gives an existing one a new password and ends its sessions. Without a
   * password in the request one is made up; the demonstration uses its well-known one, and such a login is
   * accepted only where the demonstration is.
   */
  async run(party: { code: string; name: string; password?: string }): Promise<PartyLogin> {
    if (!issuesTokens(this.settings)) {
      throw identityRefusals.refusal('identity.other-issuer', { issuer: this.settings.OIDC_ISSUER });
    }
    const check = checkCreditCode(party.code);
    if (!check.ok) {
      throw identityRefusals.refusal('identity.party-code-invalid', { fault: check.reason }, 'code');
    }
    const username = `party.${party.code}`;
    const demo = party.password === undefined && demoAccountsOn(this.settings);
    const made = await this.db.command(async (tx) => {
      const nonce = randomUUID();
      const password = party.password ?? (demo ? DEMO_PASSWORD : this.#password(username, nonce));
      const passwordHash = await hashPassword(password, demo ? DEMO_COST : undefined);
      await savePartyLogin(tx, { username, name: party.name, party: party.code, passwordHash, demo });
      await endSessions(tx, username);
      return { nonce };
    });
    return {
      username,
      password: party.password ?? (demo ? DEMO_PASSWORD : this.#password(username, made.nonce)),
    };
  }

  /**
   * 128 bits that follow from the nonce. The result of a command is kept for repeated requests; so it is the
   * nonce that is kept, and a repeated request learns the password again while the database does not hold it.
   */
  #password(username: string, nonce: string): string {
    const mac = createHmac('sha256', this.settings.IDENTITY_KEY_SECRET).update(
      `party password\0${username}\0${nonce}`,
    );
    return mac.digest('base64url').slice(0, 22);
  }
}
