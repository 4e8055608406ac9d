import { createHash } from 'node:crypto';

const STYLE = `
body { font: 16px/1.6 system-ui, "Noto Sans SC", sans-serif; background: #f3f5f8; color: #1b2430; margin: 0 }
main { max-width: 24rem; margin: 10vh auto; padding: 2rem; background: #fff; border-radius: .5rem; box-shadow: 0 1px 4px #0002 }
h1 { font-size: 1.25rem; margin: 0 0 1rem }
label { display: block; margin: 1rem 0 0 }
input { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #8895a7; border-radius: .25rem }
button { font: inherit; margin: 1.5rem .5rem 0 0; padding: .5rem 1.5rem; border: 1px solid #14549c; border-radius: .25rem; background: #fff; color: #14549c }
button.main { background: #14549c; color: #fff }
.fault { color: #a4161a }
small { color: #5a6675 }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Text that is shown, never markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Headers of every page: nothing from elsewhere, no scripts, no frames, no copy kept. */
export function pageHeaders(consoleOrigin: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // form-action also rules the redirects that follow a form: the last one goes to the console.
    'content-security-policy': [
      `default-src 'none'`,
      `style-src 'sha256-${STYLE_HASH}'`,
      `form-action 'self' ${consoleOrigin}`,
      `frame-ancestors 'none'`,
      `base-uri 'none'`,
    ].join('; '),
  };
}

function page(title: string, body: string): string {
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

/** A text in Chinese with its English below it. */
export interface Bilingual {
  zh: string;
  en: string;
}

export function loginPage(form: { action: string; username: string; fault?: Bilingual }): string {
  const fault = form.fault
    ? `<p class="fault" role="alert">${escapeHtml(form.fault.zh)}<br>${escapeHtml(form.fault.en)}</p>`
    : '';
  return page(
    '登录 诚信 Chengxin',
    `<h1>诚信 · 登录<br><small>Chengxin · sign in</small></h1>
${fault}
<form method="post" action="${escapeHtml(form.action)}">
<label>账号 Username
<input name="username" autocomplete="username" maxlength="120" required value="${escapeHtml(form.username)}"></label>
<label>密码 Password
<input name="password" type="password" autocomplete="current-password" maxlength="200" required></label>
<button class="main" type="submit">登录 Sign in</button>
<button type="submit" name="cancel" value="yes" formnovalidate>取消 Cancel</button>
</form>`,
  );
}

/** `form` comes from the provider and carries the proof that it was this page that asked. */
export function logoutPage(form: string): string {
  return page(
    '退出 诚信 Chengxin',
    `<h1>退出登录?<br><small>Sign out?</small></h1>
${form}
<button class="main" type="submit" form="op.logoutForm" name="logout" value="yes">退出 Sign out</button>
<button type="submit" form="op.logoutForm">保持登录 Stay signed in</button>`,
  );
}

export function messagePage(title: Bilingual, text: Bilingual, consoleOrigin: string): string {
  return page(
    `${title.zh} 诚信 Chengxin`,
    `<h1>${escapeHtml(title.zh)}<br><small>${escapeHtml(title.en)}</small></h1>
<p>${escapeHtml(text.zh)}</p>
<p>${escapeHtml(text.en)}</p>
<p><a href="${escapeHtml(consoleOrigin)}/">诚信首页 Start page</a></p>`,
  );
}
