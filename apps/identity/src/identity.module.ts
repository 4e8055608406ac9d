import { Module } from '@nestjs/common';
import type { Provider } from 'oidc-provider';
import { Database, LOGGER, type Logger, SETTINGS } from '#platform';
import { LoadSeeds } from './commands/load-seeds.js';
import { LogIn } from './commands/log-in.js';
import { MakePartyLogin } from './commands/make-party-login.js';
import { IdentityController } from './http/identity.controller.js';
import { InteractionController } from './http/interaction.controller.js';
import { UnitsController } from './http/units.controller.js';
import { ProviderMount } from './provider/mount.js';
import { OPENID_PROVIDER, openIdProvider } from './provider/provider.js';
import { Seal } from './provider/seal.js';
import { Sweep } from './provider/sweep.js';
import { type IdentitySettings, issuesTokens } from './settings.js';
import { providerSecrets } from './store/provider-secrets.js';

@Module({
  controllers: [UnitsController, IdentityController, InteractionController],
  providers: [
    LoadSeeds,
    LogIn,
    MakePartyLogin,
    ProviderMount,
    Sweep,
    {
      provide: OPENID_PROVIDER,
      inject: [SETTINGS, Database, LOGGER],
      useFactory: async (
        settings: IdentitySettings,
        db: Database,
        logger: Logger,
      ): Promise<Provider | undefined> => {
        if (!issuesTokens(settings)) return undefined;
        const secrets = await providerSecrets(db, new Seal(settings.IDENTITY_KEY_SECRET));
        return openIdProvider(settings, secrets, db, logger);
      },
    },
  ],
})
export class IdentityModule {}
