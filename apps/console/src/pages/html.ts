import { createHash } from 'node:crypto';

const STYLE = `
body { font: 16px/1.6 system-ui, "Noto Sans SC", sans-serif; background: #f3f5f8; color: #1b2430; margin: 0 }
main { max-width: 48rem; margin: 5vh auto; padding: 2rem; background: #fff; border-radius: .5rem; box-shadow: 0 1px 4px #0002 }
h1 { margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
a { color: #14549c } small { color: #5a6675 } li { margin: .25rem 0 }
pre { background: #f3f5f8; padding: 1rem; overflow-x: auto; border-radius: .25rem }
details { margin: .75rem 0; padding-left: .25rem } summary { cursor: pointer } summary small { margin-left: .5rem }
table { border-collapse: collapse } td { padding: .2rem 1rem .2rem 0; vertical-align: top }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Headers of the console's own pages: nothing from elsewhere, no scripts, no frames. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
};

/** Text that is shown, never markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
