/** The services behind the console. */
export const SERVICES = ['identity', 'records', 'listing', 'measures', 'grading', 'notifications'] as const;

export type ServiceName = (typeof SERVICES)[number];

/** The whole map: which service answers which addresses. The longest prefix of whole path segments wins. */
export const PREFIXES: Readonly<Record<string, ServiceName>> = {
  '/oidc': 'identity',
  '/api/identity': 'identity',
  '/api/units': 'identity',

  '/api/subjects': 'records',
  '/api/records': 'records',
  '/api/record-types': 'records',
  '/api/access-log': 'records',
  '/api/development': 'records',

  '/api/list-types': 'listing',
  '/api/listings': 'listing',
  '/api/objections': 'listing',
  '/api/repairs': 'listing',
  '/api/clues': 'listing',
  '/api/calendars': 'listing',
  '/public/listings': 'listing',
  '/public/certificates': 'listing',

  '/api/measures': 'measures',
  '/api/discipline': 'measures',
  '/public/discipline': 'measures',

  '/api/grades': 'grading',
  '/api/grading': 'grading',

  '/api/notifications': 'notifications',
  '/api/webhooks': 'notifications',
  '/api/feed': 'notifications',

  '/api/operations/identity': 'identity',
  '/api/operations/records': 'records',
  '/api/operations/listing': 'listing',
  '/api/operations/measures': 'measures',
  '/api/operations/grading': 'grading',
  '/api/operations/notifications': 'notifications',

  '/docs/identity': 'identity',
  '/docs/records': 'records',
  '/docs/listing': 'listing',
  '/docs/measures': 'measures',
  '/docs/grading': 'grading',
  '/docs/notifications': 'notifications',
};

/**
 * The service behind a path, undefined when there is none. The path is compared as it was sent: one that is
 * written in percent signs to look like another is simply unknown.
 */
export function serviceBehind(path: string): ServiceName | undefined {
  const segments = path.split('/');
  for (let count = Math.min(segments.length, 4); count > 1; count--) {
    const service = PREFIXES[segments.slice(0, count).join('/')];
    if (service) return service;
  }
  return undefined;
}

/** The address at the service: pages about a service stand under its name here, under `/docs` there. */
export function addressAtService(url: string): string {
  const document = /^\/docs\/[a-z]+\/(openapi\.json(?:\?.*)?)$/.exec(url);
  if (document) return `/${document[1]}`;
  return url.replace(/^\/docs\/[a-z]+\//, '/docs/');
}
