import { timingSafeEqual } from 'node:crypto';
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Database, Logger } from '#platform';
import { CONSOLE_CLIENT, consoleOrigin, demoAccountsOn, type IdentitySettings } from '../settings.js';
import type { ProviderSecrets } from '../store/provider-secrets.js';
import { ClientAdapter, RecordAdapter, SessionAdapter } from './adapter.js';
import { claimsOfPerson, claimsOfSystem } from './claims.js';
import { logoutPage, messagePage, pageHeaders } from './pages.js';
import { secretHash } from './secret-hash.js';

/** Dependency injection token: the provider, or undefined where another issuer is configured. */
export const OPENID_PROVIDER = Symbol('OPENID_PROVIDER');

/** The one scope of the API; who may do what is told by roles, not by scopes. */
const API_SCOPE = 'api';

export function openIdProvider(
  settings: IdentitySettings,
  secrets: ProviderSecrets,
  db: Database,
  logger: Logger,
): Provider {
  const provider = new Provider(settings.OIDC_ISSUER, configuration(settings, secrets, db));
  // The console in front says by X-Forwarded-* under which address it was reached.
  provider.proxy = true;
  compareDigests(provider);
  provider.on('server_error', (_context, error) => logger.error({ err: error }, 'unexpected error'));
  return provider;
}

function configuration(settings: IdentitySettings, secrets: ProviderSecrets, db: Database): Configuration {
  const acceptDemo = demoAccountsOn(settings);
  const console = consoleOrigin(settings);
  const audience = settings.OIDC_AUDIENCE;
  return {
    adapter: (model) => {
      if (model === 'Client') return new ClientAdapter(db, acceptDemo);
      return model === 'Session' ? new SessionAdapter(db, acceptDemo) : new RecordAdapter(model, db);
    },
    jwks: { keys: secrets.signingKeys as NonNullable<Configuration['jwks']>['keys'] },
    cookies: {
      keys: secrets.cookieKeys,
      // No service but this one sees the session.
      long: { path: '/oidc', sameSite: 'lax', httpOnly: true, signed: true },
      short: { sameSite: 'lax', httpOnly: true, signed: true },
    },
    clients: [
      {
        client_id: CONSOLE_CLIENT,
        client_name: '诚信 Chengxin',
        token_endpoint_auth_method: 'none', // a browser keeps no secret: PKCE takes its place
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`${console}/callback`],
        post_logout_redirect_uris: [`${console}/`],
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    responseTypes: ['code'],
    scopes: ['openid'],
    subjectTypes: ['public'],
    pkce: { required: () => true },
    clientBasedCORS: (_context, origin) => origin === console,
    ttl: {
      AccessToken: settings.IDENTITY_TOKEN_SECONDS,
      ClientCredentials: settings.IDENTITY_TOKEN_SECONDS,
      IdToken: settings.IDENTITY_TOKEN_SECONDS,
      AuthorizationCode: 60,
      Interaction: settings.IDENTITY_LOGIN_SECONDS,
      Session: settings.IDENTITY_SESSION_SECONDS,
      Grant: settings.IDENTITY_SESSION_SECONDS,
    },
    issueRefreshToken: () => false, // the session in the cookie renews by prompt=none
    interactions: { url: (_context, interaction) => `/oidc/interaction/${interaction.uid}` },
    findAccount: async (_context, username) => {
      const claims = await claimsOfPerson(db, username, acceptDemo);
      return claims && { accountId: username, claims: async () => ({ sub: username, name: claims.name }) };
    },
    extraTokenClaims: async (_context, token) => {
      if (token.kind === 'ClientCredentials') return claimsOfSystem(db, token.clientId!, acceptDemo);
      return token.kind === 'AccessToken' ? claimsOfPerson(db, token.accountId, acceptDemo) : undefined;
    },
    loadExistingGrant: (context) => grantWithoutAsking(context, audience),
    renderError: (context, { error, error_description }) => {
      const text = `${error}: ${error_description ?? ''}`;
      const shown = messagePage(
        { zh: '无法继续', en: 'This cannot go on' },
        { zh: '请回到首页重新开始。', en: text },
        console,
      );
      show(context, console, shown);
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false }, // GET /api/identity/me takes its place: these tokens are for the API
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => show(context, console, logoutPage(form)),
        postLogoutSuccessSource: (context) => {
          const shown = messagePage(
            { zh: '已退出', en: 'Signed out' },
            { zh: '您已退出登录。', en: 'You have signed out.' },
            console,
          );
          show(context, console, shown);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, indicator) => {
          if (indicator !== audience) throw new errors.InvalidTarget();
          return {
            scope: API_SCOPE,
            audience,
            accessTokenTTL: settings.IDENTITY_TOKEN_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
  };
}

/** The console is our own: nobody is asked whether the platform may know who they are. */
async function grantWithoutAsking(
  context: KoaContextWithOIDC,
  audience: string,
): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { provider, client, session } = context.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant = known ? await provider.Grant.find(known) : undefined;
  if (grant && grant.accountId === session.accountId) return grant;
  if (client.clientId !== CONSOLE_CLIENT) return undefined;
  const given = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  given.addOIDCScope('openid');
  given.addResourceScope(audience, API_SCOPE);
  await given.save();
  return given;
}

function show(context: KoaContextWithOIDC, console: string, html: string): void {
  context.set(pageHeaders(console));
  context.body = html;
}

/** The database keeps digests of secrets; the provider by itself would compare secrets. */
function compareDigests(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function compare(given: string): boolean {
    const [expected, actual] = [Buffer.from(this.clientSecret ?? ''), Buffer.from(secretHash(given))];
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  };
}
